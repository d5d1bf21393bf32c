"""A result: made from the rows of a scenario, written to `results/`, shown in README.md."""

import json
from dataclasses import asdict
from importlib import import_module

from bench import chart, machine, marked, paths, targets
from bench.scenarios import SCENARIOS

MARK = marked.begin("report.py")


def of(options, scenario, rows):
    """Everything that a reader needs to judge or repeat the run."""
    wrk = machine.first_line("wrk", "-v").partition("[")[0].strip()
    return {
        "date": machine.now(),
        "commit": machine.commit(),
        "machine": machine.facts(),
        "load": f"{wrk}, {machine.first_line('nginx', '-v')}",
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "kind": scenario.kind,
            "loads": [asdict(load) for load in scenario.loads],
            "variants": [asdict(variant) for variant in scenario.variants],
            "accessLog": options.access_log,
            "rounds": options.rounds,
            "seconds": options.seconds,
            "proxyCores": options.proxy_cores,
            "loadCores": options.load_cores,
        },
        "peers": rows,
    }


def render(result):
    """The tables of a result, what speaks against them, and what they belong to."""
    doubts = [f"WARNING: {warning}." for warning in warnings(result)]
    return "\n\n".join([_kind(result).render(result), *doubts, _caption(result)])


def warnings(result):
    """What speaks against the figures of a result."""
    check = getattr(_kind(result), "warnings", None)
    return check(result) if check else []


def save(result):
    """Writes `results/<date>-<commit>-<scenario>.json` and returns its path."""
    paths.RESULTS.mkdir(exist_ok=True)
    stem = f"{result['date'].replace(':', '')}-{result['commit']}-{result['scenario']['name']}"
    file = paths.RESULTS / f"{stem}.json"
    file.write_text(json.dumps(result, indent=1) + "\n")
    return file


def newest(results=paths.RESULTS):
    """The last result of each scenario that has one, in the order of the scenarios, by file."""
    found = {}
    for file in sorted(results.glob("2*.json")):
        result = json.loads(file.read_text())
        found[result["scenario"].get("name")] = (file, result)
    return [found[name] for name in SCENARIOS if name in found]


def show(readme=paths.README, results=paths.RESULTS, picture=paths.CHART):
    """Puts the newest results into README.md, and draws the chart."""
    shown = newest(results)
    parts = [f"### Targets\n\n{targets.render({r['scenario']['name']: r for _, r in shown})}"]
    drawn = next((result for _, result in shown if result["scenario"]["name"] == "small"), None)
    if drawn:
        picture.write_text(chart.draw(drawn))
        parts.append(f"![CPU time a request of each proxy]({picture.name})")
    parts += [_section(file, result) for file, result in shown]
    marked.put(readme, MARK, "\n\n".join(parts))


def _section(file, result):
    scenario = result["scenario"]
    raw = f"Raw figures: `results/{file.name}`."
    return f"### {scenario['name']}: {scenario['title']}\n\n{render(result)}\n\n{raw}"


def _kind(result):
    return import_module(f"bench.kinds.{result['scenario']['kind']}")


def _caption(result):
    """Machine, versions, commit."""
    facts, scenario = result["machine"], result["scenario"]
    tellers = {row["name"]: row for row in result["peers"]}.values()
    log = "on" if scenario["accessLog"] else "off"
    rounds = len(result["peers"][0]["rounds"])
    each = f" of {scenario['seconds']} s" if scenario["loads"] else ""
    lines = [
        f"{result['date']}, commit `{result['commit']}`; {facts['processor']}, "
        f"{facts['cores']} cores, {facts['memoryMiB']} MiB, Linux {facts['kernel']}; "
        f"proxy on core {scenario['proxyCores']}, load and service on {scenario['loadCores']}; "
        f"{rounds} interleaved rounds{each}, access log {log}.",
        "",
        *(f"- {row['name']}: {row['version']}{_command(row)}" for row in tellers),
        f"- load and service: {result['load']}",
    ]
    return "\n".join(lines)


def _command(row):
    command = f", `{row['command']}`" if row["command"] else ""
    return f"{command}; {row['difference']}" if row["difference"] else command
