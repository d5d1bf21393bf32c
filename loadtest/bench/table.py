"""A result as a Markdown table: medians, with the smallest and the largest round in brackets."""

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
    "core busy",
]
ABSENT = "–"


def render(result):
    """The table of a result as it stands in `results/*.json`."""
    base = next((peer["rounds"] for peer in result["peers"] if peer["name"] == BASE), None)
    rows = [_row(peer, base) for peer in result["peers"]]
    lines = [COLUMNS, ["---"] + ["---:"] * (len(COLUMNS) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def caption(result):
    """What the figures belong to: machine, scenario, versions, commit."""
    machine, scenario = result["machine"], result["scenario"]
    lines = [
        f"{result['date']}, commit `{result['commit']}`; {machine['processor']}, "
        f"{machine['cores']} cores, {machine['memoryMiB']} MiB, Linux {machine['kernel']}; "
        f"proxy on core {scenario['proxyCores']}, load and service on {scenario['loadCores']}.",
        f"GET of {scenario['body']} over {scenario['connections']} kept-alive connections, "
        f"access log {'on' if scenario['accessLog'] else 'off'}, "
        f"{scenario['rounds']} interleaved rounds of {scenario['seconds']} s.",
        "",
        *(f"- {peer['name']}: {peer['version']}{_command(peer)}" for peer in result["peers"]),
        f"- load and service: {result['load']}",
    ]
    return "\n".join(lines)


def warnings(result):
    """
    What speaks against the figures: an unsteady warm-up, or others at work on the proxy's core.
    """
    found = []
    for peer in result["peers"]:
        if peer["warmup"] and not peer["steady"]:
            found.append(
                f"{peer['name']} was still compiling after {len(peer['warmup'])} warm-up slices"
            )
        others = max(figure["othersRatio"] for figure in peer["rounds"])
        if peer["command"] and others > 0.05:
            found.append(
                f"others took {others:.0%} of the proxy's core in a round of {peer['name']}"
            )
    return found


def _row(peer, base):
    rounds = peer["rounds"]
    throughput = [requests_per_second(figure) for figure in rounds]
    row = [peer["name"], _spread(throughput, 0), _ratio(throughput, base, requests_per_second)]
    if peer["command"]:
        row += [_spread([cpu_per_request(figure) for figure in rounds], 1)]
        row += [_ratio([cpu_per_request(figure) for figure in rounds], base, cpu_per_request)]
        row += [
            f"{median(f[side] / f['requests'] for f in rounds):.1f}"
            for side in ("userMicros", "systemMicros")
        ]
    else:
        row += [ABSENT] * 4
    row += [f"{median(f[name] for f in rounds) / 1000:.2f}" for name in ("p50Micros", "p99Micros")]
    return [*row, f"{median(f['busyRatio'] for f in rounds):.0%}" if peer["command"] else ABSENT]


def _spread(values, digits):
    low, middle, high = min(values), median(values), max(values)
    return f"{middle:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})".replace(",", " ")


def _ratio(values, base, figure):
    return f"{median(values) / median(map(figure, base)):.2f}" if base else ABSENT


def _command(peer):
    return f", `{peer['command']}`" if peer["command"] else ""
