"""
The clients of the scenario `idle`, in a process of their own: each opens a connection, sends one
request, reads the answer, and holds the connection. Says `ready` when all do.
"""

import socket
import sys
import time

REQUEST = b"GET /small HTTP/1.1\r\nHost: weir.test\r\n\r\n"
ANSWER_SECONDS = 10


def main(port, connections):
    """Runs until it is stopped; fails when a connection does."""
    held = [_open(port) for _ in range(connections)]
    print("ready", flush=True)
    while held:
        time.sleep(60)


def _open(port):
    client = socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS)
    client.sendall(REQUEST)
    answer = client.recv(4096)
    if not answer.startswith(b"HTTP/1.1 200"):
        sys.exit(f"not answered by 200: {answer[:200]}")
    return client


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
