"""The databases that a soak runs on, and how they are served."""

import time
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import apsw
import attrs
import psycopg

from core.ports.unit_of_work import Transactions
from entrypoints.bootstrap import open_transactions
from entrypoints.settings import Settings
from tests.soak.stored import EVER, Stored
from tests.support.cluster import Cluster

Layout: TypeAlias = tuple[tuple[str, ...], ...]
"""The options of each server that stands on one database."""
_PATIENCE = 30.0
_OURS: Final = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'datamingle'"
_DAMAGE: Final = """
SELECT 'dangling line ' || i.id FROM order_items i LEFT JOIN orders o ON o.id = i.order_id WHERE o.id IS NULL
UNION ALL
SELECT 'order without lines ' || o.id FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
WHERE i.id IS NULL
"""
_CHECKED_INDEXES: Final = """
SELECT bt_index_parent_check(c.oid, true) FROM pg_class c JOIN pg_am a ON a.oid = c.relam
WHERE a.amname = 'btree' AND c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace
"""


class Database(Protocol):
    """One database."""

    kind: str
    url: str
    layouts: Sequence[Layout]

    @abstractmethod
    def settle(self) -> None:
        """Return when nobody but us is at work in it."""

    @abstractmethod
    def damage(self) -> list[str]:
        """What the database itself finds wrong."""

    def open(self) -> closing[Transactions]:
        """The storage, in this process."""
        return closing(open_transactions(Settings(self.url)))

    def stored(self, since: datetime = EVER, *, bodies: bool = True) -> Stored:
        """What is kept once nobody is at work in it any more."""
        self.settle()
        with self.open() as transactions:
            return transactions.read(lambda work: Stored.read(work, since, bodies=bodies))


class Place(Protocol):
    """Where new databases are made."""

    kind: str

    @abstractmethod
    def make(self, name: str) -> Database:
        """An empty database."""

    @abstractmethod
    def version(self) -> str:
        """Which program keeps them."""


@attrs.frozen
class SqliteFile(Database):
    """A file, served by one server."""

    path: Path
    kind: str = "SQLite"
    layouts: Sequence[Layout] = (((),),)

    @property
    def url(self) -> str:  # type: ignore[override]  # follows from the path
        return f"sqlite:///{self.path}"

    def settle(self) -> None:
        """The locks died with the processes."""

    def damage(self) -> list[str]:
        with closing(apsw.Connection(str(self.path))) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"dangling: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
            return found + [str(row[0]) for row in connection.execute(_DAMAGE)]


@attrs.frozen
class PostgresDatabase(Database):
    """A database of a cluster, served by one server of two processes or by two servers, in turn."""

    cluster: Cluster
    url: str
    kind: str = "PostgreSQL"
    layouts: Sequence[Layout] = ((("--workers", "2"),), ((), ()))

    def settle(self) -> None:
        """A backend whose client died may still be about to commit."""
        ends = time.monotonic() + _PATIENCE
        while self.connections() and time.monotonic() < ends:
            time.sleep(0.02)

    def connections(self) -> int:
        """How many of ours the server counts."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            ((count,),) = connection.execute(_OURS).fetchall()
            return int(count)

    def damage(self) -> list[str]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = [str(row[0]) for row in connection.execute(_DAMAGE)]
            connection.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
            try:
                connection.execute(_CHECKED_INDEXES)
            except psycopg.errors.IndexCorrupted as error:
                found.append(str(error))
            return found


@attrs.frozen
class SqliteFolder(Place):
    """Makes files in a folder."""

    folder: Path
    kind: str = "SQLite"

    def make(self, name: str) -> SqliteFile:
        return SqliteFile(self.folder / f"{name}.db")

    def version(self) -> str:
        return f"SQLite {apsw.sqlite_lib_version()}"


@attrs.frozen
class PostgresPlace(Place):
    """Makes databases in a cluster."""

    cluster: Cluster
    kind: str = "PostgreSQL"

    def make(self, name: str) -> PostgresDatabase:
        return PostgresDatabase(self.cluster, self.cluster.make_database(name))

    def version(self) -> str:
        return self.cluster.version()
