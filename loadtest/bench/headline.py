"""What a small GET costs, in the one sentence of the README at the top."""

from statistics import median

from bench import marked, paths
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
        row["name"]: f"{median(map(cpu_per_request, row['rounds'])):.0f} µs"
        for row in result["peers"]
        if row["load"] == LOAD and row["command"]
    }
    return (
        f"A small GET costs this much CPU time there, at {LOAD}, on JDK 25, features on: Weir "
        f"{cpu['weir-jdk25']}, nginx {cpu['nginx']},\n"
        f"HAProxy {cpu['haproxy']}, vertx-http-proxy {cpu['vertx-http-proxy']} "
        f"({cpu['vertx-http-proxy-uring']} if it is told to use io_uring, as Weir does by itself), "
        f"Undertow {cpu['undertow']},\nSpring Cloud Gateway {cpu['scg']}."
    )
