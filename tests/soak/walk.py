"""Cursor walks while records come and go."""

import asyncio
import random
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

import attrs

from core.entities.json import JsonObject
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import InventoryLoad, NewLocation, NewOrder, NewOrderItem, NewProduct
from core.use_cases.inventory import load_inventory
from core.use_cases.locations import create_location
from core.use_cases.orders import create_order
from core.use_cases.products import create_product
from tests.soak.comings import Comings, Fleeting
from tests.soak.databases import Place
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.part import Part
from tests.soak.payloads import INVENTORY, LOCATION, LOCATIONS, ORDERS, PRODUCTS, SKUS
from tests.soak.preparation import prepare
from tests.soak.servers import Servers
from tests.soak.walks import Listing, judge_walk, take_walk
from tests.soak.wire import Wire

TEXT = """\
Walks by cursor through products, locations, orders and inventory, with pages of random size, while
others add records, deactivate them, activate them again and cancel orders."""
PROMISES = (FaultKind.MISSED, FaultKind.REPEATED, FaultKind.DISORDERED)
_RECORDS: Final = 200
_WALKERS = _MOVERS = 4
_CHUNK = 25
_LASTING: Final = [f"LAST-{number}" for number in range(_RECORDS)]
_PASSING: Final = [f"PASS-{number}" for number in range(_RECORDS)]


def walk(place: Place, walks: int, seed: int, log: Path) -> Figures:
    """Walkers read each list again and again, others add to it and take from it all the time."""
    figures = Figures("walk", place.kind, PROMISES)
    database = place.make("walk")
    with database.open() as transactions:
        keys = transactions.run(lambda work: prepare(work, ()))
        for start in range(0, _RECORDS, _CHUNK):
            transactions.run(_filling(start))
    with Servers.start(database, log) as servers:
        asyncio.run(_Walks(servers.running[0].port, keys.plain, figures, seed).run(walks))
    return figures


def _filling(start: int) -> Callable[[UnitOfWork], None]:
    """Lasting and passing records side by side, many of them of one moment."""

    def fill(work: UnitOfWork) -> None:
        for number in range(start, start + _CHUNK):
            for name in (_LASTING[number], _PASSING[number]):
                create_product(work, NewProduct(name))
                create_location(work, NewLocation(name))
                create_order(work, NewOrder(name, [NewOrderItem(SKUS[0], 1)]), None)
                row: JsonObject = {"location_code": LOCATION, "sku_code": name, "quantity": number}
                load_inventory(work, InventoryLoad([row]))

    return fill


@attrs.define
class _Walks:
    """Walkers and movers on one server."""

    port: int
    key: str
    figures: Figures
    seed: int
    lists: list[tuple[Listing, Collection[str], Fleeting]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        rows = [f"{LOCATION}|{name}" for name in (*_LASTING, *_PASSING)]
        products, locations = Fleeting(PRODUCTS, _PASSING), Fleeting(LOCATIONS, _PASSING)
        orders, nothing = Fleeting(ORDERS, _PASSING, returns=False), Fleeting("", [])
        self.lists = [
            (Listing(PRODUCTS, ("sku",)), {*_LASTING, *SKUS}, products),
            (Listing(LOCATIONS, ("code",)), {*_LASTING, LOCATION}, locations),
            (Listing(ORDERS, ("order_number",)), {*_LASTING, *_PASSING}, nothing),
            (Listing(ORDERS, ("order_number",), (("status", "pending"),)), _LASTING, orders),
            (Listing(INVENTORY, ("location_code", "sku_code")), rows, nothing),
            (Listing(f"{INVENTORY}{LOCATION}/", ("location_code", "sku_code")), rows, nothing),
        ]

    async def run(self, walks: int) -> None:
        ended = asyncio.Event()
        moving = [fleeting for _, _, fleeting in self.lists if fleeting.names]
        async with asyncio.TaskGroup() as group:
            for mover in range(_MOVERS):
                own = [attrs.evolve(one, names=one.names[mover::_MOVERS], gone=one.gone) for one in moving]
                name = f"NEW-{mover}"
                comings = Comings(name, own, random.Random(f"{self.seed}-{name}"), self.figures)
                group.create_task(comings.go_on(self.port, self.key, ended))
            left = iter(range(walks))
            walkers = [group.create_task(self._walk_on(walker, left)) for walker in range(_WALKERS)]
            await asyncio.gather(*walkers)
            ended.set()

    async def _walk_on(self, walker: int, left: Iterator[int]) -> None:
        chance = random.Random(f"{self.seed}-w{walker}")
        async with await Wire.open(self.port, self.key) as wire:
            for _ in left:
                listing, lasting, fleeting = chance.choice(self.lists)
                before = dict(fleeting.gone)
                walked = await take_walk(wire, listing, chance)
                self.figures.faults += judge_walk(walked, lasting, fleeting.absent(before))
                self.figures.counts["walks"] += 1
                self.figures.counts["pages"] += walked.pages
                self.figures.counts["rows"] += len(walked.rows)


PART = Part("walk", TEXT, 300, walk)
