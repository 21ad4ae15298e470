"""The storages that every contract and every scenario runs on."""

from collections.abc import Callable
from pathlib import Path

from adapters.memory.transactions import MemoryTransactions
from adapters.persistence.storage import open_storage
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions
from tests.support.postgres import an_empty_storage, require_postgres

OpenStorage = Callable[[Path, Clock, IdSource], Transactions]


def _open_memory(folder: Path, clock: Clock, ids: IdSource) -> Transactions:
    return MemoryTransactions(clock, ids)


def _open_sqlite(folder: Path, clock: Clock, ids: IdSource) -> Transactions:
    return open_storage(f"sqlite:///{folder / 'storage.db'}", clock, ids)


def _open_postgresql(folder: Path, clock: Clock, ids: IdSource) -> Transactions:
    require_postgres()
    return an_empty_storage(clock, ids)


STORAGES: dict[str, OpenStorage] = {
    "memory": _open_memory,
    "sqlite": _open_sqlite,
    "postgresql": _open_postgresql,
}
"""By name."""
