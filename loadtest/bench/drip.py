"""
The clients of `uploads.sh` and the service they send to, in a process of their own: so many uploads
of JSON, each a few bytes a second, the writes spread evenly. Says `ready` when all are under way.
"""

import asyncio
import sys

LENGTH = 1 << 40
ELEMENT = b"12345678,"
TICK_SECONDS = 0.01


async def main(proxy_port, sink_port, uploads, bytes_per_second):
    """Runs until it is stopped; fails when an upload does."""
    await asyncio.start_server(_swallow, "127.0.0.1", sink_port, backlog=4096)
    writers = [await _begin(proxy_port) for _ in range(uploads)]
    print("ready", flush=True)
    piece = ELEMENT * max(1, bytes_per_second // len(ELEMENT))
    each_tick = max(1, round(uploads * TICK_SECONDS))
    turn = 0
    while True:
        for _ in range(each_tick):
            writers[turn % uploads].write(piece)
            turn += 1
        await asyncio.sleep(TICK_SECONDS)


async def _begin(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST /upload HTTP/1.1\r\nHost: weir.test\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n[" % LENGTH
    )
    asyncio.get_running_loop().create_task(_fail_on_an_answer(reader))
    return writer


async def _fail_on_an_answer(reader):
    answer = await reader.read(4096)
    sys.exit(f"an upload was answered: {answer[:200]}")


async def _swallow(reader, writer):
    while await reader.read(65536):
        pass
    writer.close()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
