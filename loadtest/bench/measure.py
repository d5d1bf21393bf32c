"""One figure: load for some seconds, and the CPU time that the proxy spent on it."""

import time

from bench import machine, wrk


def window(setting, peer, seconds):
    """
    One round of one peer. CPU time is read just before wrk starts and just after it ends, so that
    it belongs to the requests that wrk counted (up to one for each connection is cut off at the end
    and not counted).
    """
    cores = setting.options.proxy_cores
    busy, cpu, start = machine.busy_micros(cores), _cpu(peer), time.monotonic()
    summary = wrk.run(setting, peer, f"/{setting.options.body}", seconds)
    wall = (time.monotonic() - start) * 1_000_000 * len(machine.core_list(cores))
    after = _cpu(peer)
    user, system = (late - early for late, early in zip(after, cpu))
    total_busy = machine.busy_micros(cores) - busy
    return {
        "requests": summary["requests"],
        "seconds": summary["micros"] / 1_000_000,
        "userMicros": user,
        "systemMicros": system,
        "p50Micros": summary["p50Micros"],
        "p99Micros": summary["p99Micros"],
        "p999Micros": summary["p999Micros"],
        "busyRatio": round((user + system) / wall, 3),
        "othersRatio": round(max(0, total_busy - user - system) / wall, 3),
    }


def requests_per_second(figure):
    """Throughput of a round."""
    return figure["requests"] / figure["seconds"]


def cpu_per_request(figure):
    """CPU microseconds that the proxy spent on a request, user and system together."""
    return (figure["userMicros"] + figure["systemMicros"]) / figure["requests"]


def _cpu(peer):
    return peer.process.cpu() if peer.process else (0, 0)
