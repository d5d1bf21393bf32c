"""Weir with an archive of its classes, as `bin/vertx archive` writes one."""

import subprocess

from bench import jvm
from bench.errors import LoadTestError
from bench.peers import weir

REHEARSAL = "dev.weir.WeirRehearsal"
LONGEST_SECONDS = 120


def start(setting, variant):
    """The same as `weir`, on the first of its JVMs, with an archive of each of its jars."""
    java = jvm.chosen(setting.options.java)[0]

    def flags_of(jar):
        return [f"-XX:SharedArchiveFile={_archive(setting, java, jar)}"]

    return weir.every(setting, variant, "weir-archive", weir.configuration, slice(1), flags_of)


def _archive(setting, java, jar):
    file = setting.dir / f"{weir.digest(jar)}-jdk{jvm.release(java)}.jsa"
    if not file.exists():
        command = [java, f"-XX:ArchiveClassesAtExit={file}", "-cp", jar, REHEARSAL]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=LONGEST_SECONDS)
        except subprocess.SubprocessError as failure:
            raise LoadTestError(f"an archive of the classes of {jar}: {failure}") from failure
    return file
