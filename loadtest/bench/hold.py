"""
The clients of the scenario `idle`, in a process of their own: each opens a connection, sends one
request, reads the answer, and holds the connection. Says `ready` when all do.
"""

import select
import socket
import sys
from http.client import HTTPResponse

REQUEST = b"GET /small HTTP/1.1\r\nHost: weir.test\r\n\r\n"
ANSWER_SECONDS = 10


def main(port, connections):
    """Runs until it is stopped; fails as soon as a connection is closed or has more to read."""
    held = [_open(port) for _ in range(connections)]
    events = select.poll()
    for client in held:
        events.register(client, select.POLLIN)
    print("ready", flush=True)
    lost = events.poll()
    sys.exit(f"{len(lost)} of {connections} connections did not stay open and idle")


def _open(port):
    client = socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS)
    client.sendall(REQUEST)
    answer = HTTPResponse(client)
    answer.begin()
    # To its end: what is left would look like the end of the connection.
    answer.read()
    if answer.status != 200 or answer.will_close:
        sys.exit(f"not answered by 200 and kept open: {answer.status} {answer.headers}")
    return client


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
