"""Writers: each sends one request after another until the server is gone, and keeps what it was answered."""

import asyncio
import random

import attrs

from tests.soak.history import Kind, Sent
from tests.soak.wire import Wire

ORDERS = "/api/integrations/v1/orders/"
INVENTORY = "/api/integrations/v1/inventory/"
SKUS = tuple(f"SKU-{number}" for number in range(20))
LOCATION = "SOAK"
_KINDS: tuple[tuple[Kind, int], ...] = (
    ("order", 50),
    ("batch", 15),
    ("refused", 10),
    ("notes", 15),
    ("stock", 10),
)


@attrs.frozen
class Keys:
    """A key without a partner, and one whose partner sends `{"orders": [...]}`."""

    plain: str
    batches: str


@attrs.define
class Writer:
    """One writer with records of its own, so that what it knows of them is all there is to know."""

    name: str
    chance: random.Random
    sent: list[Sent] = attrs.field(factory=list)
    revision: int = 0
    orders: list[str] = attrs.field(factory=list)

    async def run(self, port: int, keys: Keys) -> None:
        """Write until the connection ends."""
        async with await Wire.open(port, keys.plain) as plain, await Wire.open(port, keys.batches) as batches:
            while await self._step(plain, batches):
                pass

    async def _step(self, plain: Wire, batches: Wire) -> bool:
        (kind,) = self.chance.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])
        match kind:
            case "batch":
                return await self._batch(batches)
            case "refused":
                return await self._order(plain, "refused", "NO-SUCH-SKU")
            case "notes" if self.orders:
                return await self._notes(plain)
            case "stock":
                return await self._stock(plain)
            case _:
                return await self._order(plain, "order", self.chance.choice(SKUS))

    async def _order(self, wire: Wire, kind: Kind, sku: str) -> bool:
        number, lines = self._number(), self.chance.randint(1, 4)
        sent = self._note(kind, (number,), lines=lines)
        if not await self._carry_out(wire, sent, "POST", ORDERS, _order(number, sku, lines)):
            return False
        if sent.status == 201:
            self.orders.append(number)
        return True

    async def _batch(self, wire: Wire) -> bool:
        numbers, lines = tuple(self._number() for _ in range(3)), self.chance.randint(1, 4)
        sent = self._note("batch", numbers, lines=lines)
        document = {"orders": [_order(number, self.chance.choice(SKUS), lines) for number in numbers]}
        return await self._carry_out(wire, sent, "POST", ORDERS, document)

    async def _notes(self, wire: Wire) -> bool:
        number = self.chance.choice(self.orders)
        sent = self._note("notes", (number,), revision=self._next())
        return await self._carry_out(wire, sent, "PATCH", f"{ORDERS}{number}/", {"notes": str(sent.revision)})

    async def _stock(self, wire: Wire) -> bool:
        sent = self._note("stock", revision=self._next())
        row = {"location_code": LOCATION, "sku_code": self.name, "quantity": sent.revision}
        return await self._carry_out(wire, sent, "POST", INVENTORY, {"inventory": [row]})

    async def _carry_out(self, wire: Wire, sent: Sent, method: str, path: str, document: object) -> bool:
        answer = await wire.send(method, path, document, sent.request_id)
        if answer is None:
            return False
        sent.status, sent.body = answer.status, answer.body
        return True

    def _note(self, kind: Kind, numbers: tuple[str, ...] = (), *, lines: int = 0, revision: int = 0) -> Sent:
        sent = Sent(kind, f"{self.name}-{len(self.sent)}", numbers, revision, lines)
        self.sent.append(sent)
        return sent

    def _number(self) -> str:
        return f"{self.name}-{self._next()}"

    def _next(self) -> int:
        self.revision += 1
        return self.revision


async def race(port: int, key: str, number: str, contestants: int) -> list[int]:
    """Create the same order number from many connections at once; the statuses of the answers."""
    wires = [await Wire.open(port, key) for _ in range(contestants)]
    answers = await asyncio.gather(
        *(
            wire.send("POST", ORDERS, _order(number, SKUS[0], 2), f"{number}-{index}")
            for index, wire in enumerate(wires)
        )
    )
    for wire in wires:
        wire.writer.close()
    return [0 if answer is None else answer.status for answer in answers]


def _order(number: str, sku: str, lines: int) -> dict[str, object]:
    return {
        "order_number": number,
        "customer_name": "Avery Quill",
        "items": [{"sku_code": sku, "quantity": line + 1} for line in range(lines)],
    }
