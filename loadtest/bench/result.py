"""A result: made from the rounds, written to `results/`, shown in README.md."""

import json

from bench import machine, paths, table

BEGIN = "<!-- table:begin (written by report.py) -->"
END = "<!-- table:end -->"


def of(options, peers):
    """
    Everything that a reader needs to judge or repeat the run; `peers` are dictionaries, one for
    each row.
    """
    wrk = machine.first_line("wrk", "-v").partition("[")[0].strip()
    return {
        "date": machine.now(),
        "commit": machine.commit(),
        "machine": machine.facts(),
        "load": f"{wrk}, {machine.first_line('nginx', '-v')}",
        "scenario": {
            "connections": options.connections,
            "body": options.body,
            "accessLog": options.access_log,
            "rounds": options.rounds,
            "seconds": options.seconds,
            "proxyCores": options.proxy_cores,
            "loadCores": options.load_cores,
            "eventLoops": options.event_loops,
        },
        "peers": peers,
    }


def save(result):
    """Writes `results/<date>-<commit>.json` and returns its path."""
    paths.RESULTS.mkdir(exist_ok=True)
    file = paths.RESULTS / f"{result['date'].replace(':', '')}-{result['commit']}.json"
    file.write_text(json.dumps(result, indent=1) + "\n")
    return file


def newest():
    """The last result by date, which their names begin with; None before the first."""
    return max(paths.RESULTS.glob("*.json"), default=None)


def show(file, readme=paths.README):
    """Puts the table of a result file between the markers of README.md."""
    result = json.loads(file.read_text())
    text = readme.read_text()
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{readme}: no markers {BEGIN} … {END}")
    parts = [table.render(result), table.caption(result), f"Raw figures: `results/{file.name}`."]
    body = "\n\n".join(parts)
    readme.write_text(f"{head}{begin}\n{body}\n{end}{tail}")
