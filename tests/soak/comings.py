"""Records that come and go while others are read."""

import asyncio
import random
from collections.abc import Mapping
from itertools import count

import attrs

from core.entities.json import JsonObject
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.payloads import INVENTORY, LOCATIONS, ORDERS, PRODUCTS, a_stock_load, an_order
from tests.soak.wire import Wire


@attrs.define
class Fleeting:
    """Records that leave a list, by DELETE, and come back to it where they can.

    `gone` tells of a name when it left, as a number that no two departures share.
    """

    path: str
    names: list[str]
    returns: bool = True
    gone: dict[str, int] = attrs.field(factory=dict)

    def absent(self, before: Mapping[str, int]) -> set[str]:
        """Those that were gone before and have not come back since."""
        return {name for name, number in before.items() if self.gone.get(name) == number}


@attrs.frozen
class Comings:
    """New records, and the fleeting ones going and coming, in an order that the seed says."""

    name: str
    fleeting: list[Fleeting]
    chance: random.Random
    figures: Figures
    _numbers: "count[int]" = attrs.field(factory=count)

    async def go_on(self, port: int, key: str, ended: asyncio.Event) -> None:
        """Until the end is told."""
        async with await Wire.open(port, key) as wire:
            while not ended.is_set():
                if self.chance.random() < 0.5:
                    await self._add(wire)
                else:
                    await self._move(wire, self.chance.choice(self.fleeting))

    async def _add(self, wire: Wire) -> None:
        number = next(self._numbers)
        name = f"{self.name}-{number}"
        await self._expect(wire, "POST", PRODUCTS, {"sku": name}, 201)
        await self._expect(wire, "POST", LOCATIONS, {"code": name}, 201)
        await self._expect(wire, "POST", ORDERS, an_order(name), 201)
        await self._expect(wire, "POST", INVENTORY, a_stock_load(name, number), 200)
        self.figures.counts["records that came"] += 4

    async def _move(self, wire: Wire, fleeting: Fleeting) -> None:
        name = self.chance.choice(fleeting.names)
        path = f"{fleeting.path}{name}/"
        if name not in fleeting.gone:
            await self._expect(wire, "DELETE", path, {}, 200)
            fleeting.gone[name] = next(self._numbers)
            self.figures.counts["records that went"] += 1
        elif fleeting.returns:
            del fleeting.gone[name]
            await self._expect(wire, "PATCH", path, {"is_active": True}, 200)
            self.figures.counts["records that came"] += 1

    async def _expect(self, wire: Wire, method: str, path: str, document: JsonObject, status: int) -> None:
        answer = await wire.send(method, path, document)
        if answer is None or answer.status != status:
            self.figures.blame(FaultKind.UNEXPECTED, f"{method} {path} was answered with {answer}")
