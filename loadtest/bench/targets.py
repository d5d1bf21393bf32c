"""What Weir is to reach, and what the newest results say of it, as a table of README.md."""

import json
from dataclasses import dataclass
from statistics import median
from typing import Callable, Optional

from bench import paths, table
from bench.kinds import idle, scale
from bench.measure import cpu_per_request

LOAD = "64 connections"
NEW, OLD = "weir-jdk25", "weir-jdk17"
COLUMNS = ["", "bound", "goal", "measured", ""]


@dataclass(frozen=True)
class Target:
    """A figure of the newest result of a scenario, and what it is to be at most, or at least."""

    what: str
    scenario: str
    figure: Callable
    bound: float
    goal: Optional[float] = None
    digits: int = 2
    at_least: bool = False

    def cells(self, result):
        """The row of a table."""
        value = self.figure(result["peers"])
        met = value >= self.bound if self.at_least else value <= self.bound
        sign = "≥" if self.at_least else "≤"
        shown = table.ABSENT if self.goal is None else f"{sign} {self.goal}"
        verdict = "" if met else "missed"
        return [self.what, f"{sign} {self.bound}", shown, f"{value:.{self.digits}f}", verdict]


def render(results):
    """
    The table, of the targets whose scenario has a result with what it takes.

    `results`: the newest result of each scenario, by its name.
    """
    rows = []
    for target in TARGETS:
        try:
            rows.append(target.cells(results[target.scenario]))
        except (KeyError, FileNotFoundError):
            continue
    return table.markdown(COLUMNS, rows)


def _row(peers, name, load):
    """The row of a peer under a load."""
    for row in peers:
        if (row["name"], row["load"]) == (name, load):
            return row
    raise KeyError(name)


def _cpu(peers, name, load=LOAD):
    return median(map(cpu_per_request, _row(peers, name, load)["rounds"]))


def _beside(name):
    """CPU time of a small GET as a multiple of another proxy's."""
    return Target(
        f"CPU time of a small GET, {LOAD}, JDK 25, ÷ {name}",
        "small",
        lambda peers: _cpu(peers, NEW) / _cpu(peers, name),
        *BESIDE[name],
    )


def _allocated(peers):
    rounds = _row(peers, NEW, LOAD)["rounds"]
    return median(figure["allocatedBytes"] / figure["requests"] / 1024 for figure in rounds)


def _hops(peers):
    """The larger difference of the benchmark, of few and of many requests under way."""
    request = _cpu(peers, OLD) * 1000
    nanos = {"overTheBus": [], "called": []}
    for each in json.loads(paths.HOPS.read_text()):
        nanos[each["benchmark"].rpartition(".")[2]].append(each["primaryMetric"]["score"])
    return max(bus - call for bus, call in zip(*nanos.values())) / request


def _scaled(peers):
    one, two = (next(row for row in peers if row["loops"] == loops) for loops in (1, 2))
    return scale.gain(two, one)


def _p99(peers, name):
    return table.middle(_row(peers, name, LOAD)["rounds"], "p99Micros")


def _idle(peers):
    return median(map(idle.each_kib, _row(peers, NEW, "idle")["rounds"]))


def _many_routes(peers):
    return _cpu(peers, NEW, f"10000 routes, {LOAD}") / _cpu(peers, NEW, f"10 routes, {LOAD}")


def _start(name):
    return lambda peers: table.middle(_row(peers, name, "start")["rounds"], "micros") / 1_000_000


BESIDE = {
    "nginx": (1.25, 1.0),
    "haproxy": (1.15, 0.9),
    "vertx-http-proxy": (0.6, 0.45),
    "scg-3.5": (0.2, 0.13),
}
TARGETS = [
    *map(_beside, BESIDE),
    Target("the same on JDK 17, ÷ JDK 25", "small", lambda p: _cpu(p, OLD) / _cpu(p, NEW), 1.12),
    Target("KiB allocated by it", "small", _allocated, 4),
    Target("share of the two bus hops in it, JDK 17", "small", _hops, 0.04, digits=3),
    Target("times the work of one event loop that two do", "scale", _scaled, 1.8, at_least=True),
    Target(
        "p99 at half of the capacity, ÷ haproxy",
        "latency",
        lambda p: _p99(p, NEW) / _p99(p, "haproxy"),
        1.3,
    ),
    Target("KiB of memory for an idle connection", "idle", _idle, 12, digits=1),
    Target("CPU time with 10 000 routes, ÷ with 10", "routes", _many_routes, 1.03),
    Target("seconds to the first answer, JDK 17", "start", _start("weir-jdk17"), 1.2),
    Target(
        "the same with an archive of classes", "start", _start("weir-archive-jdk17"), 1.2
    ),
]
