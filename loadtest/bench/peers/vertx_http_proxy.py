"""vertx-http-proxy with one event loop, on Weir's Netty and what Vert.x prefers, epoll."""

from bench.peers import java


def start(setting, variant):
    """Starts it on a free port."""
    return [gateway(setting, variant, "vertx-http-proxy")]


def gateway(setting, variant, name, flags=(), difference=""):
    """The same with flags of the JVM, as the row of that name."""
    program = java.classpath("vertx")
    endpoints = setting.endpoints[: variant.endpoints]
    return java.start(
        setting,
        f"{name}{variant.suffix}",
        program,
        "dev.weir.loadtest.VertxProxy",
        lambda port: [port, *endpoints],
        flags,
        version=f"vertx-http-proxy {java.version('vertx', 'vertx-http-proxy')}",
        difference=difference,
    )
