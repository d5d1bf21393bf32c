"""The options of the commands."""

import argparse
import os

from bench import labels, scenarios

PEERS = [*scenarios.PROXIES, scenarios.DIRECT]
ALL = "all"


def of_run(arguments=None):
    """Options of `run.sh`."""
    parser = _common("run.sh", "Measures proxies in front of the same service, interleaved.", "1")
    parser.add_argument(
        "scenario",
        nargs="?",
        default="small",
        choices=[*scenarios.SCENARIOS, ALL],
        help="what to measure (default small); all: one after the other",
    )
    parser.add_argument(
        "--rounds", type=int, help="rounds, each with every proxy once (default 5; idle: 3)"
    )
    parser.add_argument(
        "--seconds", type=int, default=3, help="length of a measurement (default 3)"
    )
    parser.add_argument(
        "--warmup-max", type=int, default=40, help="longest warm-up of a JVM, seconds (default 40)"
    )
    parser.add_argument(
        "--rate", type=int, default=0, help="latency: requests/s, 0: half of each one's capacity"
    )
    parser.add_argument(
        "--idle", type=int, default=10_000, help="idle: how many connections (default 10000)"
    )
    parser.add_argument(
        "--access-log", action="store_true", help="write an access log (nginx, HAProxy, Weir)"
    )
    parser.add_argument(
        "--save",
        action="store_true",
        help="write results/<date>-<commit>-<scenario>.json, and tables and chart of README.md",
    )
    parser.add_argument(
        "--jfr", action="store_true", help="record Weir during the rounds to target/loadtest/*.jfr"
    )
    return parser.parse_args(arguments)


def of_share(arguments=None):
    """Options of `share.sh`."""
    parser = _common(
        "share.sh", "Counts how many of 100 000 requests each of four endpoints answers.", "0"
    )
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument(
        "--tolerance",
        type=float,
        default=0.01,
        help="allowed distance from the share (default 0.01: 1 %%)",
    )
    parser.set_defaults(proxies=["weir"], access_log=False, warmup_max=40)
    return parser.parse_args(arguments)


def of_uploads(arguments=None):
    """Options of `uploads.sh`."""
    parser = _common(
        "uploads.sh", "Measures what slow uploads do to the traffic beside them.", "1"
    )
    parser.add_argument("--uploads", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument(
        "--bytes-per-second", type=int, default=1024, help="of each upload (default 1024)"
    )
    parser.add_argument("--rounds", type=int, default=7, help="with and without (default 7)")
    parser.add_argument(
        "--seconds", type=int, default=3, help="length of a measurement (default 3)"
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        default=0.10,
        help="allowed growth of the p99 (default 0.10: 10 %%)",
    )
    parser.set_defaults(proxies=["weir"], access_log=False, warmup_max=40)
    return parser.parse_args(arguments)


def _common(command, description, loops):
    parser = argparse.ArgumentParser(f"loadtest/{command}", description=description)
    parser.add_argument(
        "--proxies",
        type=_peers,
        metavar='"nginx haproxy weir"',
        help=f"those to compare, of {', '.join(PEERS)} (by default the scenario's)",
    )
    parser.add_argument(
        "--connections", type=int, default=0, help="connections (by default the scenario's)"
    )
    parser.add_argument(
        "--java",
        action="append",
        default=[],
        metavar="PATH",
        help="a java command or JAVA_HOME; repeat to compare",
    )
    parser.add_argument(
        "--jvm-flags",
        action="append",
        default=[],
        metavar="[LABEL: ]FLAGS",
        help=f'flags of the JVMs (default --jvm-flags="{labels.JVM_FLAGS}"); repeat to compare',
    )
    parser.add_argument(
        "--event-loops",
        type=int,
        default=int(loops),
        help=f"Weir's event loops, 0: its default (default {loops})",
    )
    parser.add_argument(
        "--weir-jar",
        action="append",
        default=[],
        metavar="[LABEL=]JAR",
        help="repeat to compare jars",
    )
    proxy, load = _default_cores()
    parser.add_argument("--proxy-cores", default=proxy, help=f"cores of the proxy (here {proxy})")
    parser.add_argument(
        "--load-cores",
        default=load,
        help=f"cores of the load generator and the service (here {load})",
    )
    return parser


def _peers(text):
    names = text.replace(",", " ").split()
    unknown = [name for name in names if name not in PEERS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"{text!r} (expected: some of {', '.join(PEERS)})")
    return names


def _default_cores():
    """
    The proxy alone on the first core that this process may use, the rest on the second; one core
    has to do for both.
    """
    cores = sorted(os.sched_getaffinity(0))
    return str(cores[0]), str(cores[min(1, len(cores) - 1)])
