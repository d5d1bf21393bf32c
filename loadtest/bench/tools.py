"""The programs of `tools/`, in Java and C: compiled for the run."""

import subprocess
from pathlib import Path

from bench import jvm, paths
from bench.errors import LoadTestError
from bench.process import pinned

ANSWER_SECONDS = 30


def command(setting, name, *flags):
    """The command that runs `tools/<name>.java`, on the first of the JVMs compared."""
    java = jvm.chosen(setting.options.java)[0]
    classes = setting.dir / "tools"
    if not (classes / f"{name}.class").exists():
        _compile(java, paths.TOOLS / f"{name}.java", classes)
    return [java, *flags, "-cp", classes, name]


def compiled(setting, name):
    """The program that `tools/<name>.c` becomes."""
    program = setting.dir / name
    if not program.exists():
        source = paths.TOOLS / f"{name}.c"
        _run(["cc", "-O2", "-o", program, source, "-lm"], "a C compiler with its headers")
    return program


def _compile(java, source, classes):
    javac = Path(java).resolve().with_name("javac")
    _run([javac, "-d", classes, source], "a JDK with javac")


def _run(command, needed):
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as failure:
        said = getattr(failure, "stderr", "") or failure
        raise LoadTestError(f"{command[0]}: needs {needed}: {said}") from failure


class Jvms:
    """Asks the JVMs that run; `tools/Meter.java` does it, started with the first question."""

    def __init__(self, setting):
        self._setting = setting
        self._meter = None

    @property
    def _log(self):
        return self._setting.dir / "meter.log"

    def allocated(self, peer):
        """Bytes that the peer's threads have allocated so far; None if it is no JVM."""
        return self._ask("allocated", peer) if peer.is_jvm else None

    def heap(self, peer):
        """Bytes of the peer's heap in use after a full collection; None if it is no JVM."""
        return self._ask("heap", peer) if peer.is_jvm else None

    def close(self):
        """Ends the program, which reads until its input ends."""
        if self._meter:
            self._meter.stdin.close()
            self._meter.wait(ANSWER_SECONDS)

    def _ask(self, what, peer):
        if self._meter is None:
            self._meter = self._start()
        self._meter.stdin.write(f"{what} {peer.process.pid}\n")
        answer = self._meter.stdout.readline()
        if not answer:
            raise LoadTestError(f"{what} of {peer.name}: no answer:\n{self._log.read_text()}")
        return int(answer)

    def _start(self):
        run = command(self._setting, "Meter", "-Xmx64m", "-XX:+UseSerialGC")
        return subprocess.Popen(
            pinned(self._setting.options.load_cores, run),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log.open("wb"),
            text=True,
            bufsize=1,
        )
