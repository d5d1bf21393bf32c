"""What a small GET costs, in the one sentence of the README at the top."""

from bench import marked, paths, table
from bench.measure import cpu_per_request

LOAD = "64 connections"
MARK = marked.begin("loadtest/report.py")


def show(results, readme=paths.FRONT):
    """Writes the sentence from that of some results which is of the scenario `small`."""
    for result in results:
        if result["scenario"]["name"] == "small":
            marked.put(readme, MARK, sentence(result))


def sentence(result):
    """The sentence, in lines as long as those around it."""
    cpu = {
        row["name"]: table.spread(list(map(cpu_per_request, row["rounds"])), 0)
        for row in result["peers"]
        if row["load"] == LOAD and row["command"]
    }
    return (
        f"A small GET costs this many µs of CPU time there, at {LOAD}, on JDK 25, features on, in\n"
        f"brackets the least and the most of the rounds: Weir {cpu['weir-jdk25']}, "
        f"nginx {cpu['nginx']}, HAProxy {cpu['haproxy']},\n"
        f"vertx-http-proxy {cpu['vertx-http-proxy']}, or {cpu['vertx-http-proxy-uring']} if it is "
        f"told to use io_uring, as Weir does by itself,\nUndertow {cpu['undertow']}, "
        f"Spring Cloud Gateway {cpu['scg']}."
    )
