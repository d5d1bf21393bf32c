"""How many files a process of a run may have open: each connection takes one."""

import resource

from bench.errors import LoadTestError

SPARE = 1000  # Libraries, logs, the connections of a warm-up, other JVMs that are compared.


def raise_limit():
    """Lifts the soft limit of this process and those it starts to the hard one, and returns it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def needed(scenario, idle):
    """
    What the process that has most of them needs: a proxy, with a connection to the service for each
    of a client, or the service. `idle` is the number of connections of the scenario of that name.
    """
    busy = max((load.connections for load in scenario.loads), default=0)
    proxy = max(2 * busy * variant.loops for variant in scenario.variants)
    service = sum(_of_service(scenario, busy, variant) for variant in scenario.variants)
    return max(proxy, service, idle if scenario.kind == "idle" else 0) + SPARE


def check(scenario, idle, limit):
    """Says before a run what would end it in its midst."""
    if needed(scenario, idle) > limit:
        raise LoadTestError(
            f"{scenario.name} needs {needed(scenario, idle)} open files in one process, "
            f"the hard limit is {limit} (ulimit -Hn)"
        )


def _of_service(scenario, busy, variant):
    """Its listeners, and what each proxy keeps open: for the load, or two for each endpoint."""
    each = max(busy * variant.loops, 2 * variant.endpoints)
    return variant.endpoints + len(scenario.peers) * each
