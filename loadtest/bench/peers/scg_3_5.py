"""Spring Cloud Gateway of the Spring Boot 3.5 generation."""

from bench.peers import scg


def start(setting, variant):
    """Starts it on a free port."""
    return [scg.gateway(setting, variant, "scg-3.5", "boot-3.5")]
