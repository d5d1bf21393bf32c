"""Weir as it runs where io_uring is forbidden: on epoll."""

from bench.peers import weir


def start(setting, variant):
    """The same jars and flags as `weir`, on the last of its JVMs."""
    return weir.every(
        setting,
        variant,
        "weir-epoll",
        weir.configuration,
        slice(-1, None),
        lambda _: ["-Dweir.transport=epoll"],
    )
