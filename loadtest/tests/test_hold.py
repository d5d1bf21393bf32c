"""`bench/hold.py` ends as soon as one of the connections that it holds does."""

import os
import socket
import subprocess
import sys
import unittest

from bench import paths

ANSWERS = [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", b"ok"]


class HoldTest(unittest.TestCase):
    def setUp(self):
        self.service = socket.create_server(("127.0.0.1", 0))
        self.service.settimeout(30)
        self.addCleanup(self.service.close)

    def test_connection_that_is_closed_ends_it(self):
        clients = self.hold(2)
        first, _second = self.answered(ANSWERS), self.answered(ANSWERS)
        self.assertEqual(clients.stdout.readline(), "ready\n")
        first.close()
        self.assertIn("1 of 2 connections did not stay open", self.failure(clients))

    def test_answer_after_which_the_connection_closes_is_refused(self):
        clients = self.hold(1)
        self.answered([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"])
        self.assertIn("Connection: close", self.failure(clients))

    def hold(self, connections):
        """The program, holding so many connections to the service of this test."""
        port = self.service.getsockname()[1]
        clients = subprocess.Popen(
            [sys.executable, "-m", "bench.hold", str(port), str(connections)],
            env={**os.environ, "PYTHONPATH": str(paths.LOADTEST)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(clients.communicate)
        self.addCleanup(clients.kill)
        return clients

    def answered(self, parts):
        """A connection of the service whose request has been answered."""
        connection, _ = self.service.accept()
        self.addCleanup(connection.close)
        connection.recv(4096)
        for part in parts:
            connection.sendall(part)
        return connection

    def failure(self, clients):
        """What it says when it fails."""
        _, said = clients.communicate(timeout=30)
        self.assertEqual(clients.returncode, 1)
        return said


if __name__ == "__main__":
    unittest.main()
