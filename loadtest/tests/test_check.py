"""A proxy that loses the end of a body is not measured."""

import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

from bench import check
from bench.errors import LoadTestError
from bench.scenarios import SCENARIOS
from bench.upstream import FILES


class Proxy(BaseHTTPRequestHandler):
    """Proxy and service in one, which lose so many bytes of each body."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._answer(b"x" * (FILES["1m"] - self.server.lost))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.kept.write_bytes(body[self.server.lost :])
        self._answer(b"", ("X-Body-File", self.server.kept))

    def log_message(self, *_):
        """Says nothing."""

    def _answer(self, body, *headers):
        self.send_response(200)
        for name, value in (("Content-Length", len(body)), *headers):
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)


class WholeBodiesTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.server = HTTPServer(("127.0.0.1", 0), Proxy)
        self.server.kept = Path(directory.name, "kept")
        self.addCleanup(self.server.server_close)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.shutdown)

    def test_whole_bodies_pass(self):
        self.send(0)

    def test_byte_that_is_lost_is_found(self):
        for name, why in (("post", "POST of 1024 bytes gave 200"), ("down", "1048575 bytes, not")):
            with self.subTest(name), self.assertRaisesRegex(LoadTestError, why):
                self.send(1, name)

    def send(self, lost, *names):
        """What the loads of these scenarios send and fetch; of both by default."""
        self.server.lost = lost
        peer = SimpleNamespace(name="lossy", port=self.server.server_address[1])
        for name in names or ("post", "down"):
            for load in SCENARIOS[name].loads:
                check.whole_bodies(peer, load)


if __name__ == "__main__":
    unittest.main()
