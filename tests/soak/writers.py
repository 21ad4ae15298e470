"""Writers: each sends one request after another, and keeps what it sent and what it was answered."""

import asyncio
import random
from collections import deque
from contextlib import suppress
from typing import Final

import attrs

from core.entities.json import Json, JsonObject
from tests.soak.history import Kind, Sent, carry_out
from tests.soak.payloads import INVENTORY, ORDERS, SKUS, a_stock_load, an_order
from tests.soak.wire import Wire

_KINDS: Final[tuple[tuple[Kind, int], ...]] = (
    ("order", 50),
    ("batch", 15),
    ("refused", 10),
    ("notes", 15),
    ("stock", 10),
)
_PAUSE = 0.05


@attrs.frozen
class Keys:
    """A key without a partner, and one whose partner sends `{"orders": [...]}`."""

    plain: str
    batches: str


@attrs.frozen
class _Creation:
    """Orders to be made, by one request or by several attempts at it."""

    kind: Kind
    numbers: tuple[str, ...]
    lines: int
    document: JsonObject


@attrs.define
class Writer:
    """One writer with records of its own, so that what it knows of them is all there is to know."""

    name: str
    chance: random.Random
    port: int
    keys: Keys
    sent: list[Sent] = attrs.field(factory=list)
    revision: int = 0
    orders: list[str] = attrs.field(factory=list)
    unsure: deque[_Creation] = attrs.field(factory=deque)

    async def write_until_cut(self) -> None:
        """Write until a request stays without an answer."""
        with suppress(OSError):  # nobody listens any more
            await self._write(asyncio.Event())

    async def write_through(self, ended: asyncio.Event) -> None:
        """Write, whatever happens, and repeat what has an unknown outcome, until the end is told."""
        while not ended.is_set() or self.unsure:
            with suppress(OSError):  # nobody listens: come again
                await self._write(ended)
            await asyncio.sleep(_PAUSE)

    async def _write(self, ended: asyncio.Event) -> None:
        async with (
            await Wire.open(self.port, self.keys.plain) as plain,
            await Wire.open(self.port, self.keys.batches) as batches,
        ):
            while not ended.is_set() or self.unsure:
                sent = await self._step(plain, batches)
                if not sent.answered:
                    return
                if not sent.certain:
                    await asyncio.sleep(_PAUSE)

    async def _step(self, plain: Wire, batches: Wire) -> Sent:
        if self.unsure:
            creation = self.unsure.popleft()
            return await self._create(batches if creation.kind == "batch" else plain, creation, again=True)
        (kind,) = self.chance.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])
        match kind:
            case "batch":
                return await self._create(batches, self._batch())
            case "refused":
                return await self._create(plain, self._order(kind, "NO-SUCH-SKU"))
            case "notes" if self.orders:
                return await self._notes(plain)
            case "stock":
                return await self._stock(plain)
            case _:
                return await self._create(plain, self._order("order", self.chance.choice(SKUS)))

    async def _create(self, wire: Wire, creation: _Creation, *, again: bool = False) -> Sent:
        sent = Sent(creation.kind, self._id(), creation.numbers, lines=creation.lines, again=again)
        await self._send(wire, sent, "POST", ORDERS, creation.document)
        if not sent.certain:
            self.unsure.append(creation)
        elif sent.acknowledged and sent.kind == "order":
            self.orders += sent.numbers
        return sent

    async def _notes(self, wire: Wire) -> Sent:
        number = self.chance.choice(self.orders)
        sent = Sent("notes", self._id(), (number,), place=number, revision=self._next())
        await self._send(wire, sent, "PATCH", f"{ORDERS}{number}/", {"notes": str(sent.revision)})
        return sent

    async def _stock(self, wire: Wire) -> Sent:
        sent = Sent("stock", self._id(), place=self.name, revision=self._next())
        await self._send(wire, sent, "POST", INVENTORY, a_stock_load(self.name, sent.revision))
        return sent

    async def _send(self, wire: Wire, sent: Sent, method: str, path: str, document: JsonObject) -> None:
        self.sent.append(sent)
        await carry_out(wire, sent, method, path, document)

    def _order(self, kind: Kind, sku: str) -> _Creation:
        number, lines = self._number(), self.chance.randint(1, 4)
        return _Creation(kind, (number,), lines, an_order(number, sku, lines))

    def _batch(self) -> _Creation:
        numbers, lines = tuple(self._number() for _ in range(3)), self.chance.randint(1, 4)
        orders: list[Json] = [an_order(number, self.chance.choice(SKUS), lines) for number in numbers]
        return _Creation("batch", numbers, lines, {"orders": orders})

    def _id(self) -> str:
        return f"{self.name}-{len(self.sent)}"

    def _number(self) -> str:
        return f"{self.name}-{self._next()}"

    def _next(self) -> int:
        self.revision += 1
        return self.revision
