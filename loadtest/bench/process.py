"""Processes started for one run: pinned to cores, metered from /proc, stopped by their pid."""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import time
from collections import namedtuple
from pathlib import Path

from bench.errors import LoadTestError

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
STOP_SECONDS = 5

CpuTime = namedtuple("CpuTime", "user_micros system_micros total_micros")
"""
CPU time of a process with its children, in microseconds. The kernel splits it by ticks of 10 ms and
counts the total in nanoseconds.
"""

CPU_CLOCK_OF_PROCESS = 2


def pinned(cores, command):
    """
    The command on these cores only; the kernel ends it if this process dies without cleaning up.
    """
    return ["setpriv", "--pdeathsig", "TERM", "taskset", "-c", cores, *map(str, command)]


class Process:
    """A running program and its log file."""

    def __init__(self, name, command, cores, log):
        self.name = name
        self.command = shlex.join(map(str, command))
        self.log = log
        self.started = time.monotonic()
        with open(log, "wb") as out:
            self.handle = subprocess.Popen(
                pinned(cores, command),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.pid = self.handle.pid

    def cpu(self):
        """
        CPU time so far: all threads, dead ones included, of the process and its children (nginx's
        workers).
        """
        times = [
            (*_ticked_micros(Path(f"/proc/{pid}/stat")), _clocked_micros(pid))
            for pid in self._pids()
        ]
        return CpuTime(*map(sum, zip(*times)))

    def forget_peak(self):
        """Lets the kernel look for the largest resident size from now on."""
        for pid in self._pids():
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak_kib(self):
        """The largest resident size since `forget_peak`, children included, in KiB."""
        return sum(_status_kib(pid, "VmHWM") for pid in self._pids())

    def resident_kib(self):
        """The resident size now, children included, in KiB."""
        return sum(_status_kib(pid, "VmRSS") for pid in self._pids())

    def micros_by_thread(self, *names):
        """
        CPU time so far of the process's own living threads whose names begin so, by thread id. The
        kernel keeps the first 15 bytes of a name.
        """
        found = {}
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            # A thread may end between the listing and the reading.
            with contextlib.suppress(OSError):
                if (task / "comm").read_text().startswith(names):
                    found[task.name] = sum(_ticked_micros(task / "stat"))
        return found

    def check_alive(self):
        """Fails with the end of the log if the program has exited."""
        if self.handle.poll() is not None:
            raise LoadTestError(
                f"{self.name} exited with {self.handle.returncode}:\n{self.log_end()}"
            )

    def log_end(self, lines=15):
        """The last lines of what the program wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def stop(self):
        """SIGTERM, and SIGKILL when that does not help in five seconds."""
        self.handle.send_signal(signal.SIGTERM)
        try:
            self.handle.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.handle.kill()
            self.handle.wait()

    def _pids(self):
        return [self.pid, *_children(self.pid)]


def _children(pid):
    pids = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        pids += tasks.read_text().split()
    return pids


def _clocked_micros(pid):
    """What clock_getcpuclockid(3) leads to: all threads of a process, dead ones included."""
    return time.clock_gettime_ns(~int(pid) << 3 | CPU_CLOCK_OF_PROCESS) // 1000


def _ticked_micros(stat):
    """User and system time in a stat file of the kernel."""
    # Fields 14 and 15; the name in field 2 may hold blanks, so counting starts after its bracket.
    fields = stat.read_text().rpartition(")")[2].split()
    return [int(ticks) * 1_000_000 // TICKS_PER_SECOND for ticks in fields[11:13]]


def _status_kib(pid, name):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+) kB", status).group(1))
