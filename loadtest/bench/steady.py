"""Requests at a constant rate, by `tools/steady.c`."""

import json
import resource
import subprocess
import time

from bench import machine, tools
from bench.errors import LoadTestError
from bench.process import pinned

WARM_UP_SECONDS = 2
GRACE_SECONDS = 30


def run(setting, peer, load, rate, seconds):
    """
    Sends for so many seconds after a warm-up of its own. Returns what it prints, and the shares of
    the load's cores that went to sender and service, and to others.
    """
    cores = setting.options.load_cores
    arguments = (peer.port, load.path, rate, load.connections, WARM_UP_SECONDS, seconds)
    command = pinned(cores, [tools.compiled(setting, "steady"), *arguments])
    start, busy, own = time.monotonic(), machine.busy_micros(cores), _own_micros(setting)
    figure = _output(command, WARM_UP_SECONDS + seconds + GRACE_SECONDS, f"{rate}/s to {peer.name}")
    own, busy = _own_micros(setting) - own, machine.busy_micros(cores) - busy
    wall = (time.monotonic() - start) * 1_000_000 * len(machine.core_list(cores))
    return figure | {
        "loadBusyRatio": round(own / wall, 3),
        "loadOthersRatio": round(max(0, busy - own) / wall, 3),
    }


def _own_micros(setting):
    """CPU time so far of the service and of the programs that have run and ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return setting.service.cpu_micros() + (ended.ru_utime + ended.ru_stime) * 1_000_000


def _output(command, longest, what):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=longest)
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as failure:
        reason = getattr(failure, "stderr", "") or failure
        raise LoadTestError(f"{what}: {reason}") from failure
