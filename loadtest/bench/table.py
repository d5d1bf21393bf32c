"""Rows of rounds as Markdown tables: medians, with the smallest and the largest in brackets."""

from statistics import median

from bench.measure import cpu_per_request, requests_per_second

BASE = "nginx"
COLUMNS = [
    "proxy",
    "requests/s",
    "÷ nginx",
    "CPU µs/request",
    "÷ nginx",
    "user",
    "system",
    "p50 ms",
    "p99 ms",
    "p99.9 ms",
    "allocated KiB",
    "peak RSS MiB",
    "reuse",
    "core busy",
]
ABSENT = "–"
MOST_OF_OTHERS = 0.1
"""Interrupts are others too: those of the load itself come to half of it."""


def render(result):
    """A table for each load of a result as it stands in `results/*.json`."""
    loads = dict.fromkeys(row["load"] for row in result["peers"])
    return "\n\n".join(
        f"**{load}**\n\n{_table([row for row in result['peers'] if row['load'] == load])}"
        for load in loads
    )


def markdown(columns, rows):
    """A table whose first column holds words, the others figures."""
    lines = [columns, ["---"] + ["---:"] * (len(columns) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def spread(values, digits):
    """The median, and the smallest and largest in brackets."""
    low, middle, high = (number(f(values), digits) for f in (min, median, max))
    return f"{middle} ({low}–{high})"


def number(value, digits):
    """With thin groups of thousands."""
    return f"{value:,.{digits}f}".replace(",", " ")


def middle(figures, name):
    """The median of a figure over the rounds, or None where it is absent."""
    values = [figure.get(name) for figure in figures]
    return None if None in values else median(values)


def reuse(figure):
    """The share of the requests that needed no new connection to the service."""
    return max(0, 1 - figure["opened"] / figure["requests"])


def warnings(result):
    """
    What speaks against the figures: an unsteady warm-up, or others at work on the proxy's core in
    most rounds, as one sentence each.
    """
    proxies = [row for row in result["peers"] if row["command"]]
    compiling = [row for row in proxies if row["warmup"] and not row["steady"]]
    disturbed = [row for row in proxies if middle(row["rounds"], "othersRatio") > MOST_OF_OTHERS]
    found = []
    if compiling:
        found.append(f"still compiling after the warm-up: {_names(compiling)}")
    if disturbed:
        found.append(
            f"others took more than {MOST_OF_OTHERS:.0%} of the proxy's core "
            f"in most rounds: {_names(disturbed)}"
        )
    return found


def _names(rows):
    return ", ".join(f"{row['name']} ({row['load']})" for row in rows)


def _table(rows):
    base = next((row["rounds"] for row in rows if row["name"] == BASE), None)
    return markdown(COLUMNS, [_row(row, base) for row in rows])


def _row(row, base):
    rounds = row["rounds"]
    throughput = [requests_per_second(figure) for figure in rounds]
    shown = [row["name"], spread(throughput, 0), _ratio(throughput, base, requests_per_second)]
    shown += _cpu(rounds, base) if row["command"] else [ABSENT] * 4
    shown += [
        number(middle(rounds, name) / 1000, 2) for name in ("p50Micros", "p99Micros", "p999Micros")
    ]
    return shown + (_resources(rounds) if row["command"] else [ABSENT] * 4)


def _cpu(rounds, base):
    cpu = [cpu_per_request(figure) for figure in rounds]
    sides = (
        median(figure[side] / figure["requests"] for figure in rounds)
        for side in ("userMicros", "systemMicros")
    )
    return [spread(cpu, 1), _ratios(cpu, base), *(f"{side:.1f}" for side in sides)]


def _resources(rounds):
    is_jvm = middle(rounds, "allocatedBytes") is not None
    allocated = [f["allocatedBytes"] / f["requests"] / 1024 for f in rounds] if is_jvm else []
    return [
        number(median(allocated), 2) if allocated else ABSENT,
        number(middle(rounds, "peakRssKiB") / 1024, 0),
        f"{median(map(reuse, rounds)):.2%}",
        f"{middle(rounds, 'busyRatio'):.0%}",
    ]


def _ratios(cpu, base):
    """The ratio of the medians, and the smallest and largest ratio of rounds that were neighbours."""
    if not base:
        return ABSENT
    others = [cpu_per_request(figure) for figure in base]
    ratios = [own / other for own, other in zip(cpu, others)]
    return f"{median(cpu) / median(others):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def _ratio(values, base, figure):
    return f"{median(values) / median(map(figure, base)):.2f}" if base else ABSENT
