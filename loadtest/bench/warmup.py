"""Load until the figures of a JVM stand still, so that no round measures its compiler."""

from bench import measure

SLICE_SECONDS = 2
STEADY_SLICES = 4
STEADY_SPREAD = 0.03
NATIVE_SECONDS = 1


def warm(setting, peer):
    """
    Warms a peer up; returns the CPU microseconds a request of each slice, none for a program that
    needs none.
    """
    if not peer.is_jvm:
        measure.window(setting, peer, NATIVE_SECONDS)
        return []
    slices = []
    while not steady(slices) and len(slices) * SLICE_SECONDS < setting.options.warmup_max:
        slices.append(measure.cpu_per_request(measure.window(setting, peer, SLICE_SECONDS)))
    return slices


def steady(slices):
    """Whether the last slices are within 3 % of one another."""
    last = slices[-STEADY_SLICES:]
    return len(last) == STEADY_SLICES and max(last) - min(last) <= STEADY_SPREAD * min(last)
