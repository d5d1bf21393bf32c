"""Undertow's proxy with one I/O thread."""

from bench.peers import java


def start(setting, variant):
    """Starts it on a free port."""
    endpoints = setting.endpoints[: variant.endpoints]
    return [
        java.start(
            setting,
            f"undertow{variant.suffix}",
            java.classpath("undertow"),
            "dev.weir.loadtest.UndertowProxy",
            lambda port: [port, *endpoints],
            version=f"Undertow {java.version('undertow', 'undertow-core')}",
            difference="on NIO; X-Forwarded-Host without the port; X-Forwarded-Server beside it",
            host_with_port=False,
        )
    ]
