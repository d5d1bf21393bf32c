"""What a scenario cannot do is refused before anything starts: it would be measured as if done."""

from bench.errors import LoadTestError

CLOSED_ONLY = {"jfr": "--jfr", "access_log": "--access-log"}


def check(scenario, chosen):
    """Fails for proxies that a scenario, and options that its kind, would leave out of account."""
    unable = [name for name in scenario.peers if name not in scenario.able]
    if unable:
        raise LoadTestError(
            f"{scenario.name} cannot be measured with {', '.join(unable)} "
            f"(expected: some of {', '.join(scenario.able)})"
        )
    for name, option in CLOSED_ONLY.items():
        if getattr(chosen, name) and scenario.kind != "closed":
            raise LoadTestError(f"{scenario.name} knows no {option}")
