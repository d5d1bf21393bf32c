"""Options that are given several times, with labels, to be compared."""

import re
import shlex
from pathlib import Path

JVM_FLAGS = "-Xms256m -Xmx256m"


def jars(given):
    """`--weir-jar` values as label → path: "a=old.jar", or a bare path without a label."""
    pairs = (text.rpartition("=") for text in given)
    return {label: Path(path) for label, _, path in pairs}


def flag_sets(given):
    """`--jvm-flags` values as label → flags: "big: -Xmx1g", or bare flags without a label."""
    found = (re.fullmatch(r"(?:(\w+):\s+)?(.*)", text) for text in given or [JVM_FLAGS])
    return {each[1] or "": shlex.split(each[2]) for each in found}
