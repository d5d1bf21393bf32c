"""Weir with an archive of its classes, as `bin/vertx archive` writes one."""

import subprocess
from pathlib import Path

from bench import jvm
from bench.errors import LoadTestError
from bench.peers import weir

REHEARSAL = "dev.weir.WeirRehearsal"
LONGEST_SECONDS = 120


def start(setting, variant):
    """The same as `weir`, on the first of its JVMs, with an archive of the first of its jars."""
    java = jvm.chosen(setting.options.java)[0]
    flag = f"-XX:SharedArchiveFile={_archive(setting, java, weir.jars(setting)[0])}"
    return weir.every(setting, variant, "weir-archive", weir.configuration, slice(1), [flag])


def _archive(setting, java, jar):
    file = setting.dir / f"{Path(jar).stem}-jdk{jvm.release(java)}.jsa"
    if not file.exists():
        command = [java, f"-XX:ArchiveClassesAtExit={file}", "-cp", jar, REHEARSAL]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=LONGEST_SECONDS)
        except subprocess.SubprocessError as failure:
            raise LoadTestError(f"an archive of the classes of {jar}: {failure}") from failure
    return file
