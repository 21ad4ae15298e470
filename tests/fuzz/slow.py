"""Half-open connections by the thousand, and how long a good request waits beside them."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import closing

import attrs

from core.use_cases.commands import NewProduct
from core.use_cases.products import create_product
from entrypoints.bootstrap import open_transactions
from entrypoints.open_files import raise_file_limit
from tests.fuzz.stage import Stage
from tests.soak.wire import Wire

HALF_OPEN = 2_000
MOST_MILLISECONDS = 100.0
_GOOD = 60
_AT_ONCE = 100
_ATTEMPTS = 3
_SILENCE = 2.0
"""Seconds for the server to get over so many arrivals or departures."""
_ORDERS = "/api/integrations/v1/orders/"
_HEAD = f"POST {_ORDERS} HTTP/1.1\r\nHost: x\r\n"
Half = Callable[[str], bytes]


def _with_key(rest: str) -> Half:
    return lambda key: f"{_HEAD}X-API-Key: {key}\r\n{rest}".encode()


HALVES: dict[str, Half] = {
    "connections without a byte": lambda key: b"",
    "half a request line": lambda key: b"GE",
    "half a head": lambda key: f"{_HEAD}X-Filler: ".encode(),
    "no body after the head": _with_key("Content-Length: 100\r\n\r\n"),
    "half a body": _with_key('Content-Length: 100\r\n\r\n{"order_number": '),
    "half a chunk": _with_key("Transfer-Encoding: chunked\r\n\r\nff\r\n{"),
    "half a body without a key": lambda key: f"{_HEAD}Content-Length: 100\r\n\r\n{{".encode(),
    "idle after an answer": lambda key: b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
}
"""What is sent before the silence, by its name; the key is the one that the good requests have."""


@attrs.frozen
class Waits:
    """How long good requests took beside half-open connections of one kind, in milliseconds."""

    kind: str
    half_open: int
    median: float
    longest: float

    def faults(self) -> list[str]:
        """What is not as it is promised."""
        if self.longest < MOST_MILLISECONDS:
            return []
        return [f"beside {self.half_open} {self.kind} a good request took {self.longest:.0f} ms"]

    def __str__(self) -> str:
        return (
            f"{self.half_open} {self.kind}: a good request took {self.median:.1f} ms, "
            f"at most {self.longest:.1f} ms"
        )


def measure(stage: Stage, half_open: int = HALF_OPEN, kinds: Iterable[str] = HALVES) -> list[Waits]:
    """Open so many of each kind in turn, and send good requests while they stay open."""
    raise_file_limit()
    sku = _new_product(stage)
    return [_best(stage, kind, half_open, sku) for kind in kinds]


def _new_product(stage: Stage) -> str:
    """One that no part before has switched off."""
    sku = f"SLOW-{time.monotonic_ns()}"
    with closing(open_transactions(stage.settings)) as transactions:
        transactions.run(lambda work: create_product(work, NewProduct(sku)))
    return sku


def _best(stage: Stage, kind: str, half_open: int, sku: str) -> Waits:
    """The first measurement without a fault, or the last: other work on the machine disturbs single ones."""
    for _ in range(_ATTEMPTS):
        waits = asyncio.run(_beside(stage, kind, half_open, sku))
        if not waits.faults():
            break
    return waits


async def _beside(stage: Stage, kind: str, half_open: int, sku: str) -> Waits:
    port, key = stage.server.port, stage.keys.plain
    sent = HALVES[kind](key)
    opened: list[asyncio.StreamWriter] = []
    for begun in range(0, half_open, _AT_ONCE):
        size = min(_AT_ONCE, half_open - begun)
        opened += await asyncio.gather(*(_open(port, sent) for _ in range(size)))
    await asyncio.sleep(_SILENCE)
    waits = [await _good(port, key, sku, f"{kind}-{time.monotonic_ns()}") for _ in range(_GOOD)]
    for writer in opened:
        writer.transport.abort()
    await asyncio.sleep(_SILENCE)
    return Waits(kind, half_open, statistics.median(waits), max(waits))


async def _open(port: int, sent: bytes) -> asyncio.StreamWriter:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    return writer


async def _good(port: int, key: str, sku: str, number: str) -> float:
    """An order over a connection of its own, from connecting to its answer."""
    order = {"order_number": number, "items": [{"sku_code": sku, "quantity": 1}]}
    begun = time.perf_counter()
    wire = await Wire.open(port, key)
    with closing(wire.writer):
        answer = await wire.send("POST", _ORDERS, order, number.replace(" ", "-"))
    if answer is None or answer.status != 201:
        raise AssertionError(f"a good request was answered {answer}")
    return (time.perf_counter() - begun) * 1000
