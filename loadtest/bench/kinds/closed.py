"""
As many requests as a number of connections brings through: each is sent when the one before it is
answered.
"""

import itertools
import signal
from dataclasses import replace

from bench import check, measure, recording, run, table, warmup
from bench.access_log import Lines

OVERHEAD_SECONDS = 5
render = table.render
warnings = table.warnings


def execute(setting, scenario):
    """All rows: for each load, every peer of every variant is warmed up and measured in turns."""
    peers = [
        (variant, peer)
        for variant in scenario.variants
        for peer in run.start(setting, variant, scenario.peers)
    ]
    for load, (_, peer) in itertools.product(scenario.loads, peers):
        check.whole_bodies(peer, load)
    rows = []
    for load in scenario.loads:
        rows += measured(setting, load, peers)
    return rows


def measured(setting, load, peers):
    """The rows of one load."""
    print(f"\n{load.label}")
    signal.alarm(longest(setting.options, len(peers)))
    rows = [row(setting, spread(load, variant), variant, peer) for variant, peer in peers]
    recorded = [peer for _, peer in peers if setting.options.jfr and peer.name.startswith("weir")]
    for peer in recorded:
        recording.start(peer)
    for number in range(1, setting.options.rounds + 1):
        for (variant, peer), each in zip(peers, rows):
            figure = measured_once(setting, peer, spread(load, variant))
            each["rounds"].append(figure)
            show(number, peer, figure)
    for peer in recorded:
        print(f"recorded: {recording.stop(peer)}")
    signal.alarm(0)
    return rows


def measured_once(setting, peer, load):
    """The figure of a round; an access log, if one is on, has a line for each of its requests."""
    lines = Lines(peer) if setting.options.access_log and peer.access_log else None
    figure = measure.window(setting, peer, load, setting.options.seconds)
    if lines:
        lines.check(figure["requests"])
    return figure


def row(setting, load, variant, peer):
    """A row without figures, after the warm-up that it tells about."""
    print(f"warming up {peer.name} …", end=" ", flush=True)
    slices = warmup.warm(setting, peer, load)
    shown = (f"{each['cpuMicrosPerRequest']:.1f} ({each['compilerRatio']:.0%})" for each in slices)
    print(" ".join(shown), flush=True)
    return {
        **run.about(peer),
        "load": ", ".join(filter(None, [variant.label, load.label])),
        "warmup": slices,
        "steady": warmup.steady(slices),
        "rounds": [],
    }


def spread(load, variant):
    """The load over the routes of a variant."""
    return replace(load, routes=variant.routes if variant.routes > 1 else 0)


def show(number, peer, figure):
    """One line while it runs."""
    rate, cpu = measure.requests_per_second(figure), measure.cpu_per_request(figure)
    print(f"round {number}  {peer.name:<24} {rate:9.0f} requests/s  {cpu:6.1f} µs", flush=True)


def longest(chosen, peers):
    """
    An upper bound of the time for warm-up and rounds of a load, in seconds: twice what they take by
    the options.
    """
    each = chosen.warmup_max + chosen.rounds * (chosen.seconds + OVERHEAD_SECONDS)
    return 2 * peers * (each + OVERHEAD_SECONDS)
