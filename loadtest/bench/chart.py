"""The chart of README.md: CPU time a request as bars, in an SVG that follows light and dark."""

from html import escape
from statistics import median

from bench.measure import cpu_per_request

LOAD = "64 connections"
WIDTH, LABELS, RIGHT = 760, 150, 160
TOP, STEP, BAR = 44, 30, 18
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-weight: 600; }
  .bar { fill: #8c959f; } .own { fill: #0969da; }
  .range { stroke: #24292f; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .bar { fill: #6e7681; } .own { fill: #58a6ff; }
    .range { stroke: #e6edf3; }
  }
"""


def draw(result):
    """An SVG of one load of a result: a bar for each proxy, a line from its best to its worst."""
    rows = [row for row in result["peers"] if row["load"] == LOAD and row["command"]]
    rows.sort(key=_median)
    longest = max((max(_cpu(row)) for row in rows), default=1)
    scale = (WIDTH - LABELS - RIGHT) / longest
    base = next((_median(row) for row in rows if row["name"] == "nginx"), None)
    height = TOP + STEP * len(rows) + 10
    title = f"CPU µs a request, {result['scenario']['title']}, {LOAD}; less is better"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="10" y="24">{escape(title)}</text>',
        *(_bar(row, TOP + STEP * index, scale, base) for index, row in enumerate(rows)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bar(row, top, scale, base):
    cpu, middle = _cpu(row), _median(row)
    line = top + BAR / 2
    kind = "bar own" if row["name"].startswith("weir") else "bar"
    ratio = f" · {middle / base:.2f} × nginx" if base else ""
    after = LABELS + max(cpu) * scale + 6
    return (
        f'<text x="{LABELS - 8}" y="{top + 14}" text-anchor="end">{escape(row["name"])}</text>'
        f'<rect class="{kind}" x="{LABELS}" y="{top}" width="{middle * scale:.1f}" height="{BAR}"/>'
        f'<line class="range" x1="{LABELS + min(cpu) * scale:.1f}" x2="{after - 6:.1f}" '
        f'y1="{line}" y2="{line}"/>'
        f'<text x="{after:.1f}" y="{top + 14}">{middle:.1f}{ratio}</text>'
    )


def _cpu(row):
    return [cpu_per_request(figure) for figure in row["rounds"]]


def _median(row):
    return median(_cpu(row))
