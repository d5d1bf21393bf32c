"""
`uploads.sh`: what a thousand slow uploads, looked into as they pass, do to the traffic beside them.
"""

import signal
import statistics
import sys
import time

from bench import measure, options, run, upstream, warmup
from bench.errors import LoadTestError
from bench.scenarios import Load, Variant
from bench.setting import Setting, free_ports

START_SECONDS = 20
CONNECTIONS = 64


def main():
    """Exit code 0 when the others' p99 stayed within the tolerance, 1 otherwise."""
    chosen = options.of_uploads()
    try:
        with Setting(chosen) as setting:
            signal.alarm(run.START_SECONDS)
            upstream.start(setting, Variant.endpoints)
            (setting.sink,) = free_ports(1)
            for peer in run.start(setting, Variant(loops=chosen.event_loops), chosen.proxies):
                warmup.warm(setting, peer, load(setting))
                check(setting, peer)
    except LoadTestError as failure:
        sys.exit(f"FAILED: {failure}")


def check(setting, peer):
    """Measures with and without uploads in turns, and compares the medians."""
    alone, beside = [], []
    for number in range(1, setting.options.rounds + 1):
        alone.append(figure(setting, peer))
        memory = peer.process.resident_kib()
        drip = start(setting, peer, number)
        beside.append(figure(setting, peer))
        drip.check_alive()
        grown = peer.process.resident_kib() - memory
        drip.stop()
        print(f"round {number}  alone {shown(alone[-1])}  beside {shown(beside[-1])}  +{grown} KiB")
    ratio = median(beside, "p99Micros") / median(alone, "p99Micros")
    print(f"{peer.name}: p99 {ratio:.3f} times, with {setting.options.uploads} uploads beside")
    if ratio > 1 + setting.options.tolerance:
        raise LoadTestError(f"the p99 grew by more than {setting.options.tolerance:.0%}")


def start(setting, peer, number):
    """The uploads of one round, once all of them are under way."""
    chosen = setting.options
    command = [sys.executable, "-m", "bench.drip", peer.port, setting.sink]
    drip = setting.start(
        f"drip-{number}", [*command, chosen.uploads, chosen.bytes_per_second], chosen.load_cores
    )
    deadline = time.monotonic() + START_SECONDS
    while "ready" not in drip.log_end():
        drip.check_alive()
        if time.monotonic() > deadline:
            raise LoadTestError("the uploads did not start in time")
        time.sleep(0.05)
    return drip


def load(setting):
    """The traffic beside."""
    return Load("beside", connections=setting.options.connections or CONNECTIONS)


def figure(setting, peer):
    """One window of the traffic beside."""
    return measure.window(setting, peer, load(setting), setting.options.seconds)


def median(figures, key):
    """The middle one of a figure."""
    return statistics.median(each[key] for each in figures)


def shown(each):
    """A figure in one column."""
    rate = measure.requests_per_second(each)
    return f"p50 {each['p50Micros'] / 1000:.2f} p99 {each['p99Micros'] / 1000:.2f} ms {rate:.0f}/s"


if __name__ == "__main__":
    main()
