"""Requests at a constant rate, by `tools/Steady.java`."""

import ctypes
import json
import subprocess

from bench import tools
from bench.errors import LoadTestError
from bench.process import pinned

WARM_UP_SECONDS = 2
GRACE_SECONDS = 30
FLAGS = ["-Xms128m", "-Xmx128m", "-XX:+UseSerialGC", "-Xss256k"]
PR_SET_TIMERSLACK = 29
SLACK_NANOS = 1000


def run(setting, peer, load, rate, seconds):
    """Sends for so many seconds after a warm-up of its own, and returns what it prints."""
    command = [
        *tools.command(setting, "Steady", *FLAGS),
        *(peer.port, load.path, rate, load.connections, WARM_UP_SECONDS, seconds),
    ]
    try:
        done = subprocess.run(
            pinned(setting.options.load_cores, command),
            capture_output=True,
            text=True,
            check=True,
            timeout=WARM_UP_SECONDS + seconds + GRACE_SECONDS,
            preexec_fn=_wake_in_time,
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as failure:
        reason = getattr(failure, "stderr", "") or failure
        raise LoadTestError(f"{rate} requests/s to {peer.name}: {reason}") from failure


def _wake_in_time():
    """Sleeps of the child end 1 µs late at most by the kernel's doing, not 50 as they do else."""
    ctypes.CDLL(None).prctl(PR_SET_TIMERSLACK, SLACK_NANOS, 0, 0, 0)
