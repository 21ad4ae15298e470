"""Moving everything from one kind of database to another."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import attrs
import pytest
from pytest_bdd import given, when

from adapters.persistence.copying import Copying
from adapters.persistence.maintenance_by_url import find_maintenance
from adapters.persistence.storage import open_storage
from core.errors import Refusal
from core.use_cases.mapping_indexes import index_mappings_in_use
from tests.behaviour.services import Services
from tests.behaviour.stock import Stock
from tests.support.databases import Watcher, a_database
from tests.support.ids import CountingIds
from tests.support.postgres import the_lasting_database


@attrs.define
class Move:
    """The database that a scenario began on, and the one of the other kind."""

    here: str
    there: str
    opened: ExitStack


@pytest.fixture
def move(storage: str, tmp_path: Path) -> Iterator[Move]:
    """From SQLite to PostgreSQL or back; what is in memory only is nowhere else."""
    if storage == "memory":
        pytest.skip("memory outlasts no process, so nothing is moved from there")
    first = f"sqlite:///{tmp_path}/storage.db" if storage == "sqlite" else the_lasting_database()
    other = a_database("postgresql" if storage == "sqlite" else "sqlite", tmp_path, "moved")
    with ExitStack() as opened:
        yield Move(first, other, opened)


@given("the operator has moved everything to another database")
def have_moved(services: Services, move: Move, ids: CountingIds) -> None:
    _copy(services, move.here, move.there)
    transactions = open_storage(move.there, services.clock, ids)
    move.opened.callback(transactions.close)
    services.transactions = services.callers.transactions = transactions
    services.stock = Stock(transactions)
    services.exchange = attrs.evolve(services.exchange, transactions=transactions)


@when("the operator moves everything to the database before")
def move_back(services: Services, move: Move) -> None:
    services.refusal = None
    try:
        _copy(services, move.there, move.here)
    except Refusal as refusal:
        services.refusal = refusal


def _copy(services: Services, here: str, there: str) -> None:
    copying = Copying(services.clock, CountingIds(), index_mappings_in_use, Watcher())
    copying.run(find_maintenance(here), find_maintenance(there))
