"""No proxy at all: what the load generator and the service can do by themselves."""

from bench.peers import Peer


def start(setting, variant):
    """Points at the service's first port; nothing to meter."""
    return [Peer(f"direct{variant.suffix}", setting.endpoints[0], "no proxy")]
