"""vertx-http-proxy on io_uring, which one has to ask Vert.x for."""

from bench.peers import vertx_http_proxy


def start(setting, variant):
    """Starts it on a free port."""
    name, flags = "vertx-http-proxy-uring", ["-Dtransport=io_uring"]
    return [vertx_http_proxy.gateway(setting, variant, name, flags, "io_uring, asked for")]
