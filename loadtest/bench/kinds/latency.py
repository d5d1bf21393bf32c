"""
Latency at a constant rate. Each peer first shows what it carries, with every connection busy; then
`tools/steady.c` sends half of that by a timetable, and counts from when a request was due.
"""

import signal
from statistics import median

from bench import measure, run, steady, table
from bench.kinds import closed

CAPACITY_ROUNDS = 3
SHARE = 0.5
COLUMNS = [
    "proxy",
    "capacity/s",
    "rate/s",
    "p50 ms",
    "p99 ms",
    "÷ haproxy",
    "p99.9 ms",
    "max ms",
    "p99 since sent",
    "sender late",
    "load busy",
]
BASE = "haproxy"
FULL = 0.95


def execute(setting, scenario):
    """The rows, for every peer in turns."""
    (variant,), (load,) = scenario.variants, scenario.loads
    peers = run.start(setting, variant, scenario.peers)
    chosen = setting.options
    signal.alarm(2 * closed.longest(chosen, len(peers)))
    rows = [closed.row(setting, load, variant, peer) for peer in peers]
    capacity = _capacity(setting, load, peers)
    for row, each in zip(rows, capacity):
        row["capacity"] = round(median(each))
    for row in rows:
        row["rate"] = chosen.rate or rate(row, rows)
    for number in range(1, chosen.rounds + 1):
        for row, peer in zip(rows, peers):
            row["rounds"].append(_round(setting, load, number, peer, row["rate"]))
    return rows


def rate(row, rows):
    """
    Half of what the peer carries. Without a proxy it is the highest rate of any: so the row tells
    what sender and service by themselves have in the others' figures.
    """
    proxies = [each["capacity"] for each in rows if each["command"]]
    carried = row["capacity"] if row["command"] or not proxies else max(proxies)
    return round(SHARE * carried)


def render(result):
    """One table; the ratio is that of the p99."""
    rows = result["peers"]
    base = next((_micros(row, "p99Micros") for row in rows if row["name"] == BASE), None)
    return table.markdown(COLUMNS, [_cells(row, base) for row in rows])


def warnings(result):
    """What speaks against the figures; a load that has no room left measures itself."""
    found = table.warnings(result)
    for row in result["peers"]:
        names = ("loadBusyRatio", "loadOthersRatio")
        if sum(table.middle(row["rounds"], name) or 0 for name in names) > FULL:
            found.append(f"the cores of the load were full when it measured {row['name']}")
    return found


def _capacity(setting, load, peers):
    found = [[] for _ in peers]
    for _ in range(CAPACITY_ROUNDS):
        for peer, rates in zip(peers, found):
            figure = measure.window(setting, peer, load, setting.options.seconds)
            rates.append(measure.requests_per_second(figure))
    return found


def _round(setting, load, number, peer, rate):
    meter = measure.Meter(setting, peer)
    figure = steady.run(setting, peer, load, rate, setting.options.seconds)
    # What the process used belongs to the warm-up of the sender, too: no CPU a request from it.
    figure |= meter.stop()
    p99 = figure["p99Micros"]
    print(f"round {number}  {peer.name:<18} {rate:7}/s  p99 {p99:7} µs", flush=True)
    return figure


def _cells(row, base):
    p99 = [figure["p99Micros"] / 1000 for figure in row["rounds"]]
    return [
        row["name"],
        table.number(row["capacity"], 0),
        table.number(row["rate"], 0),
        f"{_micros(row, 'p50Micros') / 1000:.2f}",
        table.spread(p99, 2),
        f"{_micros(row, 'p99Micros') / base:.2f}" if base else table.ABSENT,
        f"{_micros(row, 'p999Micros') / 1000:.2f}",
        f"{_micros(row, 'maxMicros') / 1000:.2f}",
        *_sender(row["rounds"]),
    ]


def _sender(rounds):
    """The p99 had the wait for the sending not counted, and how well the sender kept time."""
    names = ("sinceSentP99Micros", "lateP99Micros", "loadBusyRatio")
    since_sent, late, busy = (table.middle(rounds, name) for name in names)
    if busy is None:
        return [table.ABSENT] * 3
    return [f"{since_sent / 1000:.2f}", f"{late / 1000:.2f}", f"{busy:.0%}"]


def _micros(row, name):
    return median(figure[name] for figure in row["rounds"])
