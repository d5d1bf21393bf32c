"""
With access logs on: a line for every request of a round, or its figure is that of less work.
"""

import time

from bench.errors import LoadTestError

QUIET_SECONDS = 0.25  # Some times what a proxy may hold a line back.
LONGEST_SECONDS = 10
POLL_SECONDS = 0.05


class Lines:
    """The lines of a log from now on; what came before, a warm-up for one, is not counted."""

    def __init__(self, peer):
        self._peer = peer
        self._start = self._settled()

    def check(self, requests):
        """Waits for so many lines and fails when they do not come."""
        end = time.monotonic() + LONGEST_SECONDS
        while (lines := self._count()) < requests:
            if time.monotonic() > end:
                raise LoadTestError(
                    f"{self._peer.name} logged {lines} lines for {requests} requests of a round"
                )
            time.sleep(POLL_SECONDS)

    def _settled(self):
        """The size of the log once it does not grow any more."""
        end = time.monotonic() + LONGEST_SECONDS
        size, since = self._size(), time.monotonic()
        while time.monotonic() < since + QUIET_SECONDS:
            time.sleep(POLL_SECONDS)
            if (now := self._size()) != size:
                size, since = now, time.monotonic()
            if since > end:
                raise LoadTestError(f"{self._peer.name} does not stop writing its access log")
        return size

    def _size(self):
        log = self._peer.access_log
        return log.stat().st_size if log.exists() else 0

    def _count(self):
        if not self._size():
            return 0
        with self._peer.access_log.open("rb") as log:
            log.seek(self._start)
            return sum(chunk.count(b"\n") for chunk in iter(lambda: log.read(1 << 20), b""))
