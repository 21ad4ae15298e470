"""The command line beside a server under load."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from core.entities.order import OrderStatus
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import NewOrder, NewOrderItem, NewProduct
from core.use_cases.orders import create_order
from core.use_cases.products import create_product
from tests.soak.databases import Database, Place
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.judge import Terms, judge
from tests.soak.load import Load, names
from tests.soak.part import Part
from tests.soak.preparation import prepare
from tests.soak.servers import Servers
from tests.support.running_server import datamingle

TEXT = "The command line beside a server under load: keys, partners, products, orders and the log."
PROMISES = (FaultKind.LOST, FaultKind.UNLOGGED, FaultKind.HALF_WRITTEN, FaultKind.UNEXPECTED)
_WRITERS = 3


def beside(place: Place, rounds: int, seed: int, log: Path) -> Figures:
    """Every round takes a key, a partner, a product and an order through their lives by commands."""
    figures = Figures("beside", place.kind, PROMISES)
    database = place.make("beside")
    with database.open() as transactions:
        keys = transactions.run(lambda work: prepare(work, names(1)))
        transactions.run(lambda work: _stock(work, rounds))
    since = datetime.now(UTC)
    with Servers.start(database, log) as servers:
        load = Load.on(servers, keys, 0, seed, _WRITERS)
        asyncio.run(_load_beside(database, load, rounds, figures))
    stored = database.stored(since)
    with database.open() as transactions:
        for lack in transactions.read(lambda work: list(_lacks(work, rounds))):
            figures.blame(FaultKind.LOST, lack)
    figures.count(load.history)
    figures.faults += judge(load.history, stored, Terms())
    return figures


async def _load_beside(database: Database, load: Load, rounds: int, figures: Figures) -> None:
    ended = asyncio.Event()
    tasks = [asyncio.create_task(writer.write_through(ended)) for writer in load.writers]
    for number in range(rounds):
        for command in _commands(number):
            await asyncio.to_thread(_run, command, database, figures)
    ended.set()
    await asyncio.gather(*tasks)


def _commands(number: int) -> Iterator[str]:
    yield f"keys create key-{number}"
    yield f"keys rotate key-{number}"
    yield f"keys scopes key-{number} --scope integrations.orders.*"
    yield f"partners create partner-{number} --template shopify"
    yield f"partners disable partner-{number}"
    yield f"products deactivate BESIDE-{number}"
    yield f"products activate BESIDE-{number}"
    yield f"orders verify BESIDE-{number} BESIDE-{number} 3"
    yield f"orders ship BESIDE-{number}"
    yield "logs list --limit 20"
    yield "logs purge"
    yield f"keys delete key-{number}"


def _run(command: str, database: Database, figures: Figures) -> None:
    """Run it as a script would; it is to succeed and print a document."""
    ran = datamingle(*command.split(), "--json", database=database.url)
    figures.counts["commands"] += 1
    try:
        json.loads(ran.stdout)
    except ValueError:
        figures.blame(FaultKind.UNEXPECTED, f"datamingle {command} printed {ran.stdout!r}")
    if ran.returncode or ran.stderr:
        figures.blame(FaultKind.UNEXPECTED, f"datamingle {command} ended with {ran.returncode}: {ran.stderr}")


def _stock(work: UnitOfWork, rounds: int) -> None:
    for name in (f"BESIDE-{number}" for number in range(rounds)):
        create_product(work, NewProduct(name))
        create_order(work, NewOrder(name, [NewOrderItem(name, 3)]), None)


def _lacks(work: UnitOfWork, rounds: int) -> Iterator[str]:
    """What the commands were to do and is not done."""
    for number in range(rounds):
        name, partner = f"BESIDE-{number}", work.partners.get(f"partner-{number}")
        order = work.orders.by_number(None, name)
        if order is None or order.status is not OrderStatus.SHIPPED:
            yield f"order {name} has not shipped"
        if partner is None or partner.is_active:
            yield f"partner-{number} is not switched off"
        if not work.products.activity_of([name]).get(name):
            yield f"product {name} is not active"
        if work.keys.by_name(f"key-{number}") is not None:
            yield f"key-{number} is not deleted"


PART = Part("beside", TEXT, 5, beside)
