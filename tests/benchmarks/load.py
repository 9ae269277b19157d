"""Asks one server on this machine for a list of addresses, over a few kept connections, for a bounded time.

`python load.py PORT CONNECTIONS SECONDS FILE`: FILE has one path a line; at most `MOST` requests. One JSON object out.
"""

import asyncio
import json
import sys
from itertools import cycle
from pathlib import Path
from time import perf_counter

MOST = 50_000


async def ask(port: int, paths: "cycle[str]", until: float, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while perf_counter() < until and len(took) < MOST:
            begun = perf_counter()
            head = f"GET {next(paths)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n\r\n"
            writer.write(head.encode())
            answer = await reader.readuntil(b"\r\n\r\n")
            if not answer.startswith(b"HTTP/1.1 200 "):
                raise SystemExit(f"not a 200: {answer[:200]!r}")
            length = answer.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]
            await reader.readexactly(int(length))
            took.append(perf_counter() - begun)
    finally:
        writer.close()


async def main(port: int, connections: int, seconds: float, paths: list[str]) -> dict[str, float]:
    took: list[float] = []
    asked = cycle(paths)
    begun = perf_counter()
    async with asyncio.timeout(seconds + 30):
        await asyncio.gather(*(ask(port, asked, begun + seconds, took) for _ in range(connections)))
    elapsed = perf_counter() - begun
    took.sort()
    return {
        "requests": len(took),
        "per_second": len(took) / elapsed,
        "p50_ms": took[len(took) // 2] * 1000,
        "p99_ms": took[len(took) * 99 // 100] * 1000,
    }


if __name__ == "__main__":
    port, connections, seconds, file = sys.argv[1:]
    print(json.dumps(asyncio.run(main(int(port), int(connections), float(seconds), Path(file).read_text().split()))))
