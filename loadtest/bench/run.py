"""`run.sh`: starts the peers, warms them up, measures them in turns, prints the table."""

import signal
import sys
from importlib import import_module

from bench import check, measure, options, recording, result, table, upstream, warmup
from bench.errors import LoadTestError
from bench.setting import Setting

START_SECONDS = 600
OVERHEAD_SECONDS = 2


def main():
    """Exit code 0 with a table, 1 with the reason why there is none."""
    chosen = options.of_run()
    try:
        with Setting(chosen) as setting:
            finish(chosen, result.of(chosen, run(setting)))
    except LoadTestError as failure:
        sys.exit(f"FAILED: {failure}")


def run(setting):
    """The rows of the result."""
    signal.alarm(START_SECONDS)
    peers = start(setting)
    signal.alarm(longest(setting.options, len(peers)))
    rows = [_row(setting, peer) for peer in peers]
    recorded = [peer for peer in peers if setting.options.jfr and peer.is_jvm]
    for peer in recorded:
        recording.start(peer)
    for number in range(1, setting.options.rounds + 1):
        _round(setting, number, peers, rows)
    for peer in recorded:
        print(f"recorded: {recording.stop(peer)}")
    signal.alarm(0)
    if setting.options.access_log:
        for peer, row in zip(peers, rows):
            check.logged(peer, sum(figure["requests"] for figure in row["rounds"]))
    return rows


def start(setting):
    """The service and the chosen proxies, each checked to do the same work."""
    upstream.start(setting)
    peers = []
    for name in setting.options.proxies:
        peers += import_module(f"bench.peers.{name}").start(setting)
    if len({peer.name for peer in peers}) < len(peers):
        raise LoadTestError(
            "two proxies have the same name: "
            "give each jar a label, and compare JDKs of different releases"
        )
    for peer in peers:
        check.started(peer)
        check.same_work(peer)
    return peers


def longest(chosen, peers):
    """
    An upper bound of the time for warm-up and rounds, in seconds: twice what they take by the
    options.
    """
    each = chosen.warmup_max + chosen.rounds * (chosen.seconds + OVERHEAD_SECONDS)
    return 2 * peers * (each + OVERHEAD_SECONDS)


def finish(chosen, made):
    """Prints the table, and keeps it when that is asked for."""
    print(f"\n{table.render(made)}\n\n{table.caption(made)}")
    for warning in table.warnings(made):
        print(f"WARNING: {warning}")
    if chosen.save:
        file = result.save(made)
        result.show(file)
        print(f"saved: loadtest/results/{file.name}, table in loadtest/README.md")


def _row(setting, peer):
    print(f"warming up {peer.name} …", end=" ", flush=True)
    slices = warmup.warm(setting, peer)
    shown = (f"{each['cpuMicrosPerRequest']:.1f} ({each['compilerRatio']:.0%})" for each in slices)
    print(" ".join(shown), flush=True)
    return {
        "name": peer.name,
        "version": peer.version,
        "command": peer.command,
        "warmup": slices,
        "steady": warmup.steady(slices),
        "rounds": [],
    }


def _round(setting, number, peers, rows):
    for peer, row in zip(peers, rows):
        figure = measure.window(setting, peer, setting.options.seconds)
        row["rounds"].append(figure)
        rate, cpu = measure.requests_per_second(figure), measure.cpu_per_request(figure)
        print(f"round {number}  {peer.name:<14} {rate:9.0f} requests/s  {cpu:6.1f} µs", flush=True)


if __name__ == "__main__":
    main()
