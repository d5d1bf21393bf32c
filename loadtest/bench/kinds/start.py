"""
How long a start takes: from that of the process to the first proxied answer, each proxy by itself,
on all cores that this process may use, without flags of the JVM.
"""

import http.client
import itertools
import os
import signal
import time

from bench import jvm, labels, run, table
from bench.errors import LoadTestError

COLUMNS = ["proxy", "ms to the first answer"]
PLAIN_FLAGS = [""]
POLL_SECONDS = 0.002
LONGEST_SECONDS = 60


def execute(setting, scenario):
    """
    The rows, all peers in turns; Weir on each JVM and from each jar, the other gateways on the
    first of them. One at a time: they would wait for one another.
    """
    chosen = setting.options
    chosen.jvm_flags = chosen.jvm_flags or PLAIN_FLAGS
    chosen.proxy_cores = ",".join(map(str, sorted(os.sched_getaffinity(0))))
    javas = jvm.chosen(chosen.java)
    labels.jars(chosen.weir_jar)  # Says if they can't be told apart.
    kinds = list(itertools.product(javas, chosen.weir_jar or [None]))
    rows = {}
    for number in range(1, chosen.rounds + 1):
        for name in scenario.peers:
            for java, jar in kinds if name.startswith("weir") else kinds[:1]:
                chosen.java = [java]
                chosen.weir_jar = [jar] if jar else []
                signal.alarm(run.START_SECONDS)
                _round(setting, scenario, number, name, rows)
    return list(rows.values())


def render(result):
    """One table."""
    rows = [
        [row["name"], table.spread([figure["micros"] / 1000 for figure in row["rounds"]], 0)]
        for row in result["peers"]
    ]
    return table.markdown(COLUMNS, rows)


def _round(setting, scenario, number, name, rows):
    for peer in run.module(name).start(setting, scenario.variants[0]):
        micros = _until_answered(peer)
        peer.process.stop()
        row = rows.setdefault(peer.name, {**run.about(peer), "load": "start", "rounds": []})
        row["rounds"].append({"micros": micros})
        print(f"round {number}  {peer.name:<18} {micros / 1000:7.0f} ms", flush=True)


def _until_answered(peer):
    while time.monotonic() < peer.process.started + LONGEST_SECONDS:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", peer.port, timeout=LONGEST_SECONDS)
            connection.request("GET", "/small")
            if connection.getresponse().status == 200:
                return round((time.monotonic() - peer.process.started) * 1_000_000)
        except (OSError, http.client.HTTPException):
            pass
        peer.process.check_alive()
        time.sleep(POLL_SECONDS)
    raise LoadTestError(f"{peer.name} gave no answer:\n{peer.process.log_end()}")
