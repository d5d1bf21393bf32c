"""
Load until a JVM's compilers rest, so that no round measures them.

Watching the compilers' own CPU time, and not whether the figure stands still, works on a machine
whose speed drifts by more than what compilation still gains.
"""

from dataclasses import replace

from bench import measure

SLICE_SECONDS = 2
QUIET_SLICES = 3
QUIET_RATIO = 0.02
NATIVE_SECONDS = 1
FIRST_CONNECTIONS = 16
COMPILERS = ("C1 Compiler", "C2 Compiler")


def warm(setting, peer, load):
    """
    Warms a peer up. Returns for each slice the CPU microseconds a request and the compilers' share
    of that CPU time; nothing for a program that is not compiled while it runs.
    """
    if not peer.is_jvm:
        measure.window(setting, peer, load, NATIVE_SECONDS)
        return []
    slices = []
    while not steady(slices) and len(slices) * SLICE_SECONDS < setting.options.warmup_max:
        busy = connections(load, len(slices))
        slices.append(_slice(setting, peer, replace(load, connections=busy)))
    return slices


def connections(load, slices):
    """
    How many are kept busy after so many slices. A JVM that has compiled nothing yet may answer none
    of hundreds before they time out, so the first slices have fewer.
    """
    return min(load.connections, FIRST_CONNECTIONS * 4**slices)


def steady(slices):
    """Whether the compilers took next to nothing of each of the last slices."""
    last = slices[-QUIET_SLICES:]
    return len(last) == QUIET_SLICES and all(each["compilerRatio"] <= QUIET_RATIO for each in last)


def _slice(setting, peer, load):
    before = _compilers_micros(peer)
    figure = measure.window(setting, peer, load, SLICE_SECONDS)
    # A compiler thread that ended took its count with it: then the difference says nothing.
    compiling = max(0, _compilers_micros(peer) - before)
    spent = max(1, figure["cpuMicros"])
    return {
        "cpuMicrosPerRequest": round(measure.cpu_per_request(figure), 2),
        "compilerRatio": round(compiling / spent, 3),
    }


def _compilers_micros(peer):
    return sum(peer.process.micros_by_thread(*COMPILERS).values())
