"""
What is true of every proxy before it is measured: it answers right, keeps connections, and does the
same work.
"""

import http.client
import os
import time
from contextlib import closing
from pathlib import Path

from bench.errors import LoadTestError
from bench.upstream import BODY_BYTES, FILES

START_SECONDS = 60
POLL_SECONDS = 0.02


def started(peer):
    """Waits for the first good answer; a program that exits meanwhile is a failure with its log."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if peer.process:
            peer.process.check_alive()
        try:
            if (
                _get(http.client.HTTPConnection("127.0.0.1", peer.port, timeout=2), "/small")[0]
                == 200
            ):
                return
        except OSError:
            pass
        time.sleep(POLL_SECONDS)
    log = f":\n{peer.process.log_end()}" if peer.process else ""
    raise LoadTestError(f"{peer.name} gave no answer for {START_SECONDS} s{log}")


def same_work(peer, endpoints):
    """Bodies whole, forwarded headers there, HTTP/1.1 and kept-alive connections to the service."""
    connection = http.client.HTTPConnection("127.0.0.1", peer.port, timeout=5)
    for body, size in BODY_BYTES.items():
        _check_fetched(peer, connection, f"/{body}", size)
    if peer.process:
        _check_forwarding(peer, [_seen(connection) for _ in range(2 * endpoints)])
    connection.close()


def whole_bodies(peer, load):
    """What a load sends reaches the service whole, and what it fetches the client."""
    size = FILES.get(load.path.strip("/"))
    with closing(http.client.HTTPConnection("127.0.0.1", peer.port, timeout=5)) as connection:
        if load.body_bytes:
            _check_sent(peer, connection, os.urandom(load.body_bytes))
        if size:
            _check_fetched(peer, connection, load.path, size)


def _check_sent(peer, connection, body):
    connection.request("POST", "/kept", body)
    response = connection.getresponse()
    response.read()
    kept = response.getheader("X-Body-File")
    if response.status != 200 or not kept or Path(kept).read_bytes() != body:
        raise LoadTestError(
            f"{peer.name}: POST of {len(body)} bytes gave {response.status}, "
            "and the service has another body"
        )


def _check_fetched(peer, connection, path, size):
    status, content = _get(connection, path)
    if status != 200 or len(content) != size:
        raise LoadTestError(
            f"{peer.name}: GET {path} gave {status} with {len(content)} bytes, not {size}"
        )


def _check_forwarding(peer, seen):
    host = f"127.0.0.1:{peer.port}" if peer.host_with_port else "127.0.0.1"
    expected = ["127.0.0.1", "http", host, str(peer.port), "HTTP/1.1"]
    for *told, _reused in seen:
        if told != expected:
            raise LoadTestError(f"{peer.name}: the service saw {told} (expected: {expected})")
    if int(seen[-1][-1]) < 2:
        raise LoadTestError(f"{peer.name} does not keep connections to the service")


def _seen(connection):
    return _get(connection, "/seen")[1].decode().split("|")


def _get(connection, path):
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read()
