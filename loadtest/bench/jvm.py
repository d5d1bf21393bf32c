"""Java virtual machines: which are here, and what version each is."""

import re
import shutil
from pathlib import Path

from bench import machine
from bench.errors import LoadTestError


def chosen(paths):
    """
    The java commands to compare: those given (a command or a JAVA_HOME), else the defaults of this
    machine.
    """
    return [_command(path) for path in paths] if paths else _defaults()


def release(java):
    """The feature release of a java command: 17, 25."""
    return int(re.search(r'version "(\d+)', version(java)).group(1))


def version(java):
    """
    What a java command says about itself, past the note about JAVA_TOOL_OPTIONS that may come
    first.
    """
    lines = machine.output(java, "-version").splitlines()
    return next((line for line in lines if ' version "' in line), lines[0])


def _command(path):
    inside = Path(path) / "bin" / "java"
    command = str(inside) if inside.exists() else shutil.which(path)
    if not command:
        raise LoadTestError(f"no java at {path}")
    return command


def _defaults():
    """JDK 17, or what `java` is here, and JDK 25 where Debian's directory has one."""
    first = _installed(17) or [_command("java")]
    return [first[0], *(java for java in _installed(25)[:1] if java != first[0])]


def _installed(wanted):
    found = sorted(str(java) for java in Path("/usr/lib/jvm").glob(f"*{wanted}*/bin/java"))
    return [java for java in found if release(java) == wanted]
