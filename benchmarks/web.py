"""How fast the pages are: a server as a process, asked by this one over real connections.

    python benchmarks/web.py FOLDER [--rate 200] [--seconds 10]

FOLDER holds posts. Queries are one to three words that stand in them. First one request
after another, each with a query that was not asked before (nothing of the answer is kept); then
requests at a fixed rate, whether or not the earlier ones were answered, whose queries repeat as
those of readers do (Zipf, exponent 1). Times are those a client sees, from when a request was due.
Prints medians and 95th percentiles in milliseconds.
"""

import argparse
import asyncio
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

from blogkit import Library
from blogkit.text.segment import DictionarySegmenter

CONNECTIONS = 16
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def queries(library: Library, count: int) -> list[str]:
    """Different queries of one to three words that stand in the posts."""
    source = random.Random(7)
    segmenter = DictionarySegmenter()
    runs = {run for post in library.posts() for run in HAN.findall(post.text)}
    words = sorted({word for run in runs for word in segmenter.cut(run) if len(word) > 1})
    made = {" ".join(source.sample(words, source.randint(1, 3))) for _ in range(2 * count)}
    return sorted(made)[:count]


class Client:
    """Connections that stay open, each used by one request at a time."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname, parts.port
        self.idle: asyncio.LifoQueue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = (
            asyncio.LifoQueue()
        )

    async def open(self, connections: int) -> None:
        for _ in range(connections):
            self.idle.put_nowait(await asyncio.open_connection(self.host, self.port))

    async def get(self, address: str) -> int:
        """Ask for an address; the length of the answer in bytes."""
        reader, writer = await self.idle.get()
        if reader.at_eof():  # The server closes what was idle for long.
            writer.close()
            reader, writer = await asyncio.open_connection(self.host, self.port)
        writer.write(f"GET {address} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{address}: {head[:40]!r}")
        length = int(re.search(rb"content-length: (\d+)", head)[1])
        await reader.readexactly(length)
        self.idle.put_nowait((reader, writer))
        return length


async def one_by_one(client: Client, asked: list[str]) -> list[float]:
    """Seconds that each request took, the next sent when the one before is answered."""
    took = []
    for query in asked:
        started = time.perf_counter()
        await client.get(f"/?q={quote(query)}")
        took.append(time.perf_counter() - started)
    return took


async def at_rate(client: Client, asked: list[str], rate: float) -> tuple[list[float], float]:
    """Seconds from when each request was due to its answer; and requests answered a second."""
    started = time.perf_counter()

    async def ask(number: int, query: str) -> float:
        due = started + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await client.get(f"/?q={quote(query)}")
        return time.perf_counter() - due

    took = await asyncio.gather(*(ask(number, query) for number, query in enumerate(asked)))
    return list(took), len(took) / (time.perf_counter() - started)


def shown(name: str, seconds: list[float]) -> str:
    p50, p95 = (statistics.quantiles(seconds, n=100)[i] * 1000 for i in (49, 94))
    return f"{name:<34} {len(seconds):5} requests   p50 {p50:7.1f} ms   p95 {p95:7.1f} ms"


async def measure(address: str, asked: list[str], rate: float, seconds: float) -> None:
    client = Client(address)
    await client.open(CONNECTIONS)
    await one_by_one(client, asked[:20])
    cold, repeated, new = asked[20:320], asked[320:1320], asked[1320:]
    print(shown("one by one, each query new", await one_by_one(client, cold)))
    print(shown("one by one, the same again", await one_by_one(client, cold[-100:])))
    source = random.Random(7)
    weights = [1 / rank for rank in range(1, len(repeated) + 1)]
    repeating = source.choices(repeated, weights, k=int(rate * seconds))
    took, answered = await at_rate(client, repeating, rate)
    print(shown(f"{rate:.0f} a second, as readers repeat", took), f"  {answered:.0f} answered/s")
    took, answered = await at_rate(client, new[: int(rate * seconds)], rate)
    print(shown(f"{rate:.0f} a second, each query new", took), f"  {answered:.0f} answered/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--seconds", type=float, default=10.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with Library.open(folder) as library:
            report = library.add(arguments.folder)
            asked = queries(library, 1320 + int(arguments.rate * arguments.seconds))
        print(f"{report.posts} posts, {report.formulas} formulas")
        command = [sys.executable, "-m", "blogkit", "--library", folder, "serve", "--port", "0"]
        with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, text=True) as server:
            address = json.loads(server.stdout.readline())["address"]
            try:
                asyncio.run(measure(address, asked, arguments.rate, arguments.seconds))
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
