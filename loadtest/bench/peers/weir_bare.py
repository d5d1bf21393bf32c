"""
Weir with everything off that can be turned off: no probes, breakers, outlier detection, limits,
time limit of a whole request, or admin side. Counting, request ids, forwarded headers and the
timeouts of single steps have no switch.
"""

from bench.peers import weir


def start(setting, variant):
    """The same jars and flags as `weir`, on the last of its JVMs."""
    return weir.every(setting, variant, "weir-bare", weir.minimal, slice(-1, None))
