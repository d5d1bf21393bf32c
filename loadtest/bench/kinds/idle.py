"""
Memory of idle connections: the resident size of a proxy with ten thousand of them less that
without, each proxy by itself and newly started for every round.
"""

import signal
import sys
import time
from statistics import median

from bench import measure, run, table
from bench.errors import LoadTestError
from bench.scenarios import Load

WARM_UP = Load("64 connections")
WARM_UP_SECONDS = 3
READY_SECONDS = 120
SETTLE_SECONDS = 2
COLUMNS = ["proxy", "RSS before MiB", "RSS with all MiB", "KiB a connection", "of it live heap"]


def execute(setting, scenario):
    """A row for each peer; its JVM starts with a small heap, so that what it needs shows."""
    chosen = setting.options
    chosen.jvm_flags = chosen.jvm_flags or ["-Xms16m -Xmx256m"]
    rows = {}
    for number in range(1, chosen.rounds + 1):
        for name in scenario.peers:
            signal.alarm(run.START_SECONDS)
            for peer in run.start(setting, scenario.variants[0], [name]):
                row = rows.setdefault(peer.name, {**run.about(peer), "load": "idle", "rounds": []})
                row["rounds"].append(_round(setting, number, peer))
                peer.process.stop()
    return list(rows.values())


def render(result):
    """One table: the median of the rounds, and their spread."""
    return table.markdown(COLUMNS, [_cells(row) for row in result["peers"]])


def _round(setting, number, peer):
    measure.window(setting, peer, WARM_UP, WARM_UP_SECONDS)
    heap, before = setting.jvms.heap(peer), _settled(peer)
    command = [sys.executable, "-m", "bench.hold", peer.port, setting.options.idle]
    clients = setting.start(f"hold-{peer.name}-{number}", command, setting.options.load_cores)
    _wait(clients)
    heap_after, after = setting.jvms.heap(peer), _settled(peer)
    clients.check_alive()  # It ends with the first connection that does.
    clients.stop()
    figure = {
        "connections": setting.options.idle,
        "beforeKiB": before,
        "afterKiB": after,
        "heapBytes": None if heap is None else heap_after - heap,
    }
    print(f"round {number}  {peer.name:<24} {each_kib(figure):6.1f} KiB a connection", flush=True)
    return figure


def _settled(peer):
    time.sleep(SETTLE_SECONDS)
    return peer.process.resident_kib()


def _wait(clients):
    deadline = time.monotonic() + READY_SECONDS
    while "ready" not in clients.log_end():
        clients.check_alive()
        if time.monotonic() > deadline:
            raise LoadTestError("the idle connections were not open in time")
        time.sleep(0.1)


def _cells(row):
    rounds = row["rounds"]
    heap = [f["heapBytes"] / f["connections"] / 1024 for f in rounds if f["heapBytes"] is not None]
    return [
        row["name"],
        table.number(table.middle(rounds, "beforeKiB") / 1024, 0),
        table.number(table.middle(rounds, "afterKiB") / 1024, 0),
        table.spread([each_kib(figure) for figure in rounds], 1),
        f"{median(heap):.1f}" if heap else table.ABSENT,
    ]


def each_kib(figure):
    return (figure["afterKiB"] - figure["beforeKiB"]) / figure["connections"]
