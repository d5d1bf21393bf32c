"""Options that are given several times, with labels, to be compared."""

import re
import shlex
from pathlib import Path

from bench.errors import LoadTestError

# The heap is the same for all, and all may reach memory by sun.misc.Unsafe, for which Netty and JVMs
# from 24 on want to be asked.
JVM_FLAGS = (
    "-Xms256m -Xmx256m -XX:+IgnoreUnrecognizedVMOptions"
    " --sun-misc-unsafe-memory-access=allow -Dio.netty.noUnsafe=false"
)


def jars(given):
    """`--weir-jar` values as label → path: "a=old.jar", or a bare path without a label."""
    pairs = [text.rpartition("=") for text in given]
    found = {label: Path(path) for label, _, path in pairs}
    if len(found) < len(pairs):
        raise LoadTestError("jars to be compared need different labels: --weir-jar LABEL=JAR")
    return found


def flag_sets(given):
    """`--jvm-flags` values as label → flags: "big: -Xmx1g", or bare flags without a label."""
    found = (re.fullmatch(r"(?:(\w+):\s+)?(.*)", text) for text in given or [JVM_FLAGS])
    return {each[1] or "": shlex.split(each[2]) for each in found}
