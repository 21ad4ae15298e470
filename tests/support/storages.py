"""The storages that every contract and every scenario runs on."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.memory.transactions import MemoryTransactions
from adapters.persistence.storage import open_storage
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.postgres import an_empty_storage, require_postgres

OpenStorage = Callable[[Path, Clock, IdSource], Transactions]


def _open_memory(folder: Path, clock: Clock, ids: IdSource) -> Transactions:
    return MemoryTransactions(clock, ids)


def _open_sqlite(folder: Path, clock: Clock, ids: IdSource) -> Transactions:
    path = folder / "storage.db"
    path.write_bytes(_migrated_database())
    return open_storage(f"sqlite:///{path}", clock, ids)


@cache
def _migrated_database() -> bytes:
    """An empty database, migrated once for all tests of the process."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "storage.db")
        open_storage(f"sqlite:///{path}", SettableClock(), CountingIds()).close()
        return path.read_bytes()


def _open_postgresql(folder: Path, clock: Clock, ids: IdSource) -> Transactions:
    require_postgres()
    return an_empty_storage(clock, ids)


STORAGES: dict[str, OpenStorage] = {
    "memory": _open_memory,
    "sqlite": _open_sqlite,
    "postgresql": _open_postgresql,
}
"""By name."""
