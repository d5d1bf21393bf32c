"""What a result has to say about the machine and the code, and how busy the cores are."""

import os
import platform
import re
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from bench import paths
from bench.process import TICKS_PER_SECOND


def facts():
    """Cores, processor, memory and kernel; nothing that names the machine."""
    return {
        "cores": os.cpu_count(),
        "processor": _proc("cpuinfo", r"model name\s*:\s*(.+)") or platform.machine(),
        "memoryMiB": int(_proc("meminfo", r"MemTotal:\s*(\d+)")) // 1024,
        "kernel": platform.release(),
    }


def commit():
    """
    The short commit, with "-dirty" when tracked files differ from it, or "unknown" outside a
    repository.
    """
    try:
        return _git("describe", "--always", "--dirty", "--exclude=*")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def now():
    """The time of the run, UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def output(*command):
    """What a command writes, on either stream: programs differ in where they tell their version."""
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    ).stdout.strip()


def first_line(*command):
    """The first line of what a command writes."""
    return output(*command).partition("\n")[0]


def busy_micros(cores):
    """
    CPU time spent by anybody on these cores, in microseconds; interrupts count, waiting does not.
    """
    wanted = {f"cpu{core}" for core in core_list(cores)}
    ticks = 0
    for line in Path("/proc/stat").read_text().splitlines():
        name, *counts = line.split()
        if name in wanted:
            user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, counts[:8])
            ticks += user + nice + system + irq + softirq + steal
    return ticks * 1_000_000 // TICKS_PER_SECOND


def core_list(cores):
    """The cores of a list as taskset takes it: "0", "1-3" or "1,3"."""
    listed = []
    for part in cores.split(","):
        first, _, last = part.partition("-")
        listed += range(int(first), int(last or first) + 1)
    return listed


def _proc(file, pattern):
    found = re.search(pattern, Path("/proc", file).read_text())
    return found and found.group(1).strip()


def _git(*arguments):
    return subprocess.run(
        ["git", "-C", str(paths.ROOT), *arguments], capture_output=True, text=True, check=True
    ).stdout.strip()
