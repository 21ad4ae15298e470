"""The load generator: keep-alive connections, each with one request under way, until the time is over.

A process of its own, so that it takes nothing from the server's: it reads a plan (JSON) from standard input
and prints what it measured.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator

import attrs
import uvloop

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length: "


@attrs.frozen
class Plan:
    """What to send: a request with a number in place of `marker`, counted up from `first`."""

    port: int
    request: str
    connections: int
    seconds: float
    marker: str = ""
    first: int = 0
    period: int = 10**9


@attrs.frozen
class Measured:
    """What came back: answers by status, and latencies in milliseconds."""

    requests: int
    seconds: float
    statuses: dict[str, int]
    p50: float
    p99: float
    slowest: float

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return self.requests / self.seconds


def numbered(plan: Plan) -> Iterator[bytes]:
    """The request again and again, each with the next number of nine digits."""
    if not plan.marker:
        yield from itertools.repeat(plan.request.encode())
    before, after = (part.encode() for part in plan.request.split(plan.marker))
    for number in itertools.count():
        yield b"%b%09d%b" % (before, plan.first + number % plan.period, after)


class Connection(asyncio.Protocol):
    """One connection: sends the next request as soon as the last is answered."""

    def __init__(self, requests: Iterator[bytes], ends: float, done: asyncio.Future[None]) -> None:
        self.latencies: list[float] = []
        self.statuses: dict[bytes, int] = {}
        self._requests = requests
        self._ends = ends
        self._done = done
        self._buffer = b""
        self._due = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.WriteTransport = transport  # type: ignore[assignment]  # a TCP connection writes
        self._send()

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        if not self._due:
            self._due = self._whole_length()
        if self._due and len(self._buffer) >= self._due:
            self._answered()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(exc or ConnectionError("the server closed a connection"))

    def _send(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(next(self._requests))

    def _whole_length(self) -> int:
        end = self._buffer.find(_HEAD_END)
        if end < 0:
            return 0
        head = self._buffer[:end].lower() + b"\r\n"
        start = head.index(_LENGTH) + len(_LENGTH)
        return end + len(_HEAD_END) + int(head[start : head.index(b"\r\n", start)])

    def _answered(self) -> None:
        now = time.perf_counter()
        self.latencies.append(now - self._sent)
        status = self._buffer[9:12]
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self._buffer, self._due = b"", 0
        if now < self._ends:
            self._send()
        elif not self._done.done():
            self._done.set_result(None)


async def generate(plan: Plan) -> Measured:
    """Carry the plan out."""
    loop = asyncio.get_running_loop()
    requests = numbered(plan)
    started = time.perf_counter()
    done = [loop.create_future() for _ in range(plan.connections)]
    opened = [
        await loop.create_connection(
            lambda one=one: Connection(requests, started + plan.seconds, one), "127.0.0.1", plan.port
        )
        for one in done
    ]
    await asyncio.gather(*done)
    seconds = time.perf_counter() - started
    for transport, _ in opened:
        transport.close()
    return summarise([connection for _, connection in opened], seconds)


def summarise(connections: list[Connection], seconds: float) -> Measured:
    """All connections together."""
    latencies = sorted(latency for connection in connections for latency in connection.latencies)
    statuses: dict[str, int] = {}
    for connection in connections:
        for status, count in connection.statuses.items():
            statuses[status.decode()] = statuses.get(status.decode(), 0) + count
    return Measured(
        requests=len(latencies),
        seconds=seconds,
        statuses=statuses,
        p50=1000 * latencies[len(latencies) // 2],
        p99=1000 * latencies[len(latencies) * 99 // 100],
        slowest=1000 * latencies[-1],
    )


def main() -> None:
    plan = Plan(**json.load(sys.stdin))
    measured = uvloop.run(generate(plan))
    sys.stdout.write(json.dumps(attrs.asdict(measured)))


if __name__ == "__main__":
    main()
