"""
What a second event loop brings, each loop with as many connections. With four cores or more, the
proxy gets two of its own and load and service two others, and requests a second say it. With fewer,
load and service take part of the same cores: then it is said by the CPU time a request, which is
what two full cores would bring, provided that both loops have the same share of the work.
"""

import os
import signal
from dataclasses import replace
from statistics import median

from bench import measure, run, table
from bench.errors import LoadTestError
from bench.kinds import closed

NEEDED_CORES = 4
EVENT_LOOP = "vert.x-eventloo"  # As much of the name as the kernel keeps.
COLUMNS = [
    "proxy",
    "loops",
    "requests/s",
    "CPU µs/request",
    "busiest loop",
    "times one loop",
    "by",
]


def execute(setting, scenario):
    """A row for each number of loops, in turns; each is given as many cores as it has loops."""
    cores = sorted(os.sched_getaffinity(0))
    apart = len(cores) >= NEEDED_CORES
    load_cores = cores[2:4] if apart else cores[:2]
    setting.options.load_cores = ",".join(map(str, load_cores))
    peers = []
    for variant in scenario.variants:
        _take(setting, cores, variant)
        peers += [(variant, peer) for peer in run.start(setting, variant, scenario.peers)]
    (load,) = scenario.loads
    signal.alarm(closed.longest(setting.options, len(peers)))
    loads = [replace(load, connections=load.connections * each.loops) for each, _ in peers]
    rows = [_row(setting, each, *peer, apart) for each, peer in zip(loads, peers)]
    for number in range(1, setting.options.rounds + 1):
        for each, (variant, peer), row in zip(loads, peers, rows):
            _take(setting, cores, variant)
            row["rounds"].append(_round(setting, each, number, peer))
    return rows


def render(result):
    """One table; one event loop of the same name is the measure of the others."""
    ones = {row["name"]: row for row in result["peers"] if row["loops"] == 1}
    return table.markdown(COLUMNS, [_cells(row, ones[row["name"]]) for row in result["peers"]])


def gain(row, one):
    """
    How many times the work of `one`: by requests a second, or by CPU time a request and how evenly
    the loops share it.
    """
    if row["coresApart"]:
        return _middle(row, measure.requests_per_second) / _middle(one, measure.requests_per_second)
    cheaper = _middle(one, measure.cpu_per_request) / _middle(row, measure.cpu_per_request)
    return cheaper / _middle(row, lambda figure: figure["busiestLoopRatio"])


def _take(setting, cores, variant):
    """Starts and meters proxies on as many cores as a variant has loops."""
    setting.options.proxy_cores = ",".join(map(str, cores[: variant.loops]))


def _row(setting, load, variant, peer, apart):
    return {
        **closed.row(setting, load, variant, peer),
        "loops": variant.loops,
        "coresApart": apart,
    }


def _round(setting, load, number, peer):
    before = peer.process.micros_by_thread(EVENT_LOOP)
    figure = measure.window(setting, peer, load, setting.options.seconds)
    after = peer.process.micros_by_thread(EVENT_LOOP)
    spent = [after[thread] - before.get(thread, 0) for thread in after]
    if not spent:
        raise LoadTestError(f"{peer.name} has no threads named {EVENT_LOOP}")
    figure["busiestLoopRatio"] = round(max(spent) / max(1, sum(spent)), 3)
    closed.show(number, peer, figure)
    return figure


def _cells(row, one):
    rounds = row["rounds"]
    rates = [measure.requests_per_second(figure) for figure in rounds]
    return [
        row["name"],
        str(row["loops"]),
        table.spread(rates, 0),
        table.spread([measure.cpu_per_request(figure) for figure in rounds], 1),
        f"{table.middle(rounds, 'busiestLoopRatio'):.0%}",
        f"{gain(row, one):.2f}",
        "requests/s" if row["coresApart"] else "CPU µs/request",
    ]


def _middle(row, figure):
    return median(figure(each) for each in row["rounds"])
