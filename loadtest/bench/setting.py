"""
What one run shares: options, a directory for its files, free ports, and the processes to stop at
its end.
"""

import contextlib
import os
import shutil
import signal
import socket
import tempfile
from pathlib import Path

from bench import files
from bench.errors import LoadTestError
from bench.process import Process
from bench.tools import Jvms


class Setting:
    """
    A context: whatever happens inside, on leaving every process that it started is stopped by its
    pid.
    """

    def __init__(self, options):
        self.options = options
        self.endpoints = []
        self.service = None
        self.jvms = Jvms(self)
        self.sink = 0  # The port that takes uploads; 0 for none.

    def __enter__(self):
        self._end = contextlib.ExitStack()
        self.files = files.raise_limit()
        self.dir = Path(tempfile.mkdtemp(prefix="weir-loadtest-"))
        self._end.callback(shutil.rmtree, self.dir, ignore_errors=True)
        self._end.callback(self.jvms.close)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
            signal.signal(number, _leave)
        return self

    def __exit__(self, *failure):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        self._end.close()

    def start(self, name, command, cores):
        """Starts a program whose output goes to `<name>.log`."""
        process = Process(name, command, cores, self.dir / f"{name}.log")
        self._end.callback(process.stop)
        return process

    @property
    def user_line(self):
        """
        nginx's workers must read the run's directory: as root they would otherwise become somebody
        else.
        """
        return "user root;" if os.geteuid() == 0 else ""


def free_ports(count):
    """Ports of 127.0.0.1 that nobody listens on; all are held until the last one is found."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _leave(number, _frame):
    if number == signal.SIGALRM:
        raise LoadTestError("out of time: the run took longer than its options can explain")
    raise SystemExit(128 + number)
