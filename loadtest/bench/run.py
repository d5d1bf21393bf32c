"""`run.sh`: starts the peers of a scenario, lets its kind measure them, prints what came out."""

import copy
import signal
import sys
from importlib import import_module

from bench import check, files, fit, headline, jvm, options, result, upstream
from bench.errors import LoadTestError
from bench.scenarios import SCENARIOS
from bench.setting import Setting

START_SECONDS = 900


def main():
    """Exit code 0 with a table for each scenario, 1 with the reason why there is none."""
    given = options.of_run()
    names = list(SCENARIOS) if given.scenario == options.ALL else [given.scenario]
    try:
        for scenario, chosen in [wanted(name, given) for name in names]:
            with Setting(chosen) as setting:
                finish(chosen, result.of(chosen, scenario, measured(setting, scenario)))
    except LoadTestError as failure:
        sys.exit(f"FAILED: {failure}")


def wanted(name, given):
    """A scenario and options of its own, both adapted to one another."""
    chosen = copy.copy(given)
    return adapted(SCENARIOS[name], chosen), chosen


def adapted(scenario, chosen):
    """The scenario with what the options say of it; JVMs and rounds where they say nothing."""
    if scenario.newest_java and not chosen.java:
        chosen.java = [jvm.chosen([])[-1]]
    chosen.rounds = chosen.rounds or scenario.rounds
    loops = None if scenario.kind == "scale" else chosen.event_loops
    made = scenario.adapted(chosen.connections, chosen.proxies, loops)
    fit.check(made, chosen)
    return made


def measured(setting, scenario):
    """The rows of the result; starting and building must not take forever."""
    print(f"{scenario.name}: {scenario.title}", flush=True)
    files.check(scenario, setting.options.idle, setting.files)
    signal.alarm(START_SECONDS)
    upstream.start(setting, max(variant.endpoints for variant in scenario.variants))
    rows = import_module(f"bench.kinds.{scenario.kind}").execute(setting, scenario)
    signal.alarm(0)
    return rows


def start(setting, variant, names):
    """The named proxies, each checked to do the same work."""
    peers = []
    for name in names:
        peers += module(name).start(setting, variant)
    if len({peer.name for peer in peers}) < len(peers):
        raise LoadTestError(
            "two proxies have the same name: "
            "give each jar a label, and compare JDKs of different releases"
        )
    for peer in peers:
        check.started(peer)
        check.same_work(peer, variant.endpoints)
    return peers


def module(name):
    """The module of `bench/peers/` that starts the proxy of this name."""
    return import_module(f"bench.peers.{name.replace('-', '_').replace('.', '_')}")


def about(peer):
    """What a row says of its peer."""
    return {
        "name": peer.name.partition("@")[0],
        "version": peer.version,
        "command": peer.command,
        "difference": peer.difference,
    }


def finish(chosen, made):
    """Prints the tables, and keeps them when that is asked for."""
    print(f"\n{result.render(made)}\n")
    if chosen.save:
        file = result.save(made)
        result.show()
        headline.show(each for _, each in result.newest())
        print(f"saved: loadtest/results/{file.name}, tables and chart of loadtest/README.md")


if __name__ == "__main__":
    main()
