"""`tools/steady.c` counts from when a request was due: a stall of the service shows in full."""

import json
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path
from types import SimpleNamespace

from bench import tools

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
RATE = 1000
SECONDS = 2


class Service:
    """Answers one connection, each time a request has come, and stalls once if it is told to."""

    def __init__(self, stall_at=None, stall_seconds=0.0, answer=ANSWER):
        self._stall_at, self._stall_seconds, self._answer = stall_at, stall_seconds, answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        connection, _ = self._socket.accept()
        with self._socket, connection:
            answered = 0
            while connection.recv(4096):
                answered += 1
                if answered == self._stall_at:
                    time.sleep(self._stall_seconds)
                connection.sendall(self._answer)


@unittest.skipUnless(shutil.which("cc"), "needs a C compiler")
class SteadyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls._directory.cleanup)
        cls._program = tools.compiled(SimpleNamespace(dir=Path(cls._directory.name)), "steady")

    def run_against(self, service):
        """What it does at 1 000 requests a second over one connection, none of them a warm-up."""
        command = [self._program, service.port, "/", RATE, 1, 0, SECONDS]
        return subprocess.run(
            list(map(str, command)), capture_output=True, text=True, check=False, timeout=30
        )

    def test_every_request_of_the_timetable_is_sent_and_counted(self):
        figure = json.loads(self.run_against(Service()).stdout)
        self.assertEqual((figure["requests"], figure["seconds"]), (RATE * SECONDS, SECONDS))
        self.assertLessEqual(figure["p50Micros"], figure["p99Micros"])
        self.assertLessEqual(figure["p99Micros"], figure["maxMicros"])

    def test_stall_counts_for_all_that_was_due_in_it_not_only_for_what_was_sent(self):
        figure = json.loads(self.run_against(Service(500, 1.0)).stdout)
        self.assertEqual(figure["requests"], RATE * SECONDS)
        self.assertGreater(figure["maxMicros"], 1_000_000)
        # A half of the requests was due in the second without answers, evenly spread over it.
        self.assertGreater(figure["p99Micros"], 900_000)
        self.assertLess(figure["sinceSentP99Micros"], 500_000)

    def test_answer_that_is_no_200_ends_it(self):
        refused = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
        done = self.run_against(Service(answer=refused))
        self.assertEqual(done.returncode, 1)
        self.assertIn("503", done.stderr)


if __name__ == "__main__":
    unittest.main()
