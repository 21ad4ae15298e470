"""A SQLite database that a test can watch and disturb."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.persistence.storage import open_storage
from adapters.persistence.transactions import SqliteTransactions
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.watched_file import WatchedFile


@pytest.fixture
def path(tmp_path: Path, clock: SettableClock, ids: CountingIds) -> Path:
    """A database file with its tables."""
    path = tmp_path / "storage.db"
    open_storage(f"sqlite:///{path}", clock, ids).close()
    return path


@pytest.fixture
def file(path: Path) -> WatchedFile:
    return WatchedFile(path, busy_seconds=0.2)


@pytest.fixture
def sqlite(file: WatchedFile, clock: SettableClock, ids: CountingIds) -> Iterator[SqliteTransactions]:
    transactions = SqliteTransactions(file, clock, ids)
    yield transactions
    transactions.close()
