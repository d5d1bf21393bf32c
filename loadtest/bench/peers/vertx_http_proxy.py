"""vertx-http-proxy with one event loop, on the Netty and the transport that Weir runs on."""

from bench.peers import java


def start(setting, variant):
    """Starts it on a free port."""
    program = java.classpath("vertx")
    endpoints = setting.endpoints[: variant.endpoints]
    return [
        java.start(
            setting,
            f"vertx-http-proxy{variant.suffix}",
            program,
            "dev.weir.loadtest.VertxProxy",
            lambda port: [port, *endpoints],
            version=f"vertx-http-proxy {java.version('vertx', 'vertx-http-proxy')}",
        )
    ]
