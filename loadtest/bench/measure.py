"""One figure: load for some seconds, and the CPU time that the proxy spent on it."""

import time

from bench import machine, wrk


def window(setting, peer, load, seconds):
    """
    One round of one peer. CPU time, allocation and connections are read just before wrk starts and
    just after it ends, so that they belong to the requests that wrk counted (up to one for each
    connection is cut off at the end and not counted).
    """
    meter = Meter(setting, peer)
    summary = wrk.run(setting, peer, load, seconds)
    return {
        "requests": summary["requests"],
        "seconds": summary["micros"] / 1_000_000,
        **meter.stop(),
        "p50Micros": summary["p50Micros"],
        "p99Micros": summary["p99Micros"],
        "p999Micros": summary["p999Micros"],
    }


class Meter:
    """What a peer's process uses from now until `stop`."""

    def __init__(self, setting, peer):
        self.setting, self.peer = setting, peer
        self.cores = setting.options.proxy_cores
        self.opened = setting.service.accepted()
        self.allocated = setting.jvms.allocated(peer)
        if peer.process:
            peer.process.forget_peak()
        self.busy, self.cpu = machine.busy_micros(self.cores), _cpu(peer)
        self.start = time.monotonic()

    def stop(self):
        """The figures as they stand in a result; `None` for what this peer does not have."""
        wall = (time.monotonic() - self.start) * 1_000_000 * len(machine.core_list(self.cores))
        user, system, cpu = (late - early for late, early in zip(_cpu(self.peer), self.cpu))
        total_busy = machine.busy_micros(self.cores) - self.busy
        allocated = self.setting.jvms.allocated(self.peer)
        process = self.peer.process
        return {
            "userMicros": user,
            "systemMicros": system,
            "cpuMicros": cpu,
            "busyRatio": round(cpu / wall, 3),
            "othersRatio": round(max(0, total_busy - cpu) / wall, 3),
            "peakRssKiB": process.peak_kib() if process else None,
            "allocatedBytes": None if allocated is None else allocated - self.allocated,
            "opened": self.setting.service.accepted() - self.opened,
        }


def requests_per_second(figure):
    """Throughput of a round."""
    return figure["requests"] / figure["seconds"]


def cpu_per_request(figure):
    """
    CPU microseconds that the proxy spent on a request, user and system together; by ticks where a
    result has nothing better.
    """
    cpu = figure.get("cpuMicros", figure["userMicros"] + figure["systemMicros"])
    return cpu / figure["requests"]


def _cpu(peer):
    return peer.process.cpu() if peer.process else (0, 0, 0)
