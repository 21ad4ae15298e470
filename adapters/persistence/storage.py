"""Storage by its URL."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import apsw

from adapters.persistence.database import DatabaseFile, check_sqlite
from adapters.persistence.locks import take_lock
from adapters.persistence.migrate import migrate
from adapters.persistence.sqlite_url import explaining, writable_path
from adapters.persistence.transactions import SqliteTransactions
from core.errors import BadSetting
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions

_POSTGRESQL = ("postgresql://", "postgres://")
_MIGRATION_SECONDS = 60


def open_storage(url: str, clock: Clock, ids: IdSource) -> Transactions:
    """The storage at the URL, its schema made or brought up to date first; BadSetting with what is right."""
    if is_postgresql(url):
        with loading_driver():
            from adapters.persistence.postgresql.storage import open_postgresql
        return open_postgresql(url, clock, ids)
    path = writable_path(url)
    migrate_file(path, clock)
    return SqliteTransactions(DatabaseFile(path), clock, ids)


def join_storage(url: str, clock: Clock, ids: IdSource) -> Transactions:
    """The same where another process has seen to the schema: the database may be away until it is needed."""
    if is_postgresql(url):
        with loading_driver():
            from adapters.persistence.postgresql.storage import join_postgresql
        return join_postgresql(url, clock, ids)
    return SqliteTransactions(DatabaseFile(writable_path(url)), clock, ids)


def migrate_file(path: Path, clock: Clock) -> Sequence[str]:
    """Make the SQLite database or bring its schema up to date; the steps that were applied."""
    check_sqlite(apsw.sqlite_lib_version())
    with explaining(path), closing(DatabaseFile(path, _MIGRATION_SECONDS).open(create=True)) as session:
        return migrate(session, clock)


@contextmanager
def server_lock(url: str) -> Iterator[None]:
    """Keeps a second server off the same SQLite file; BadSetting if there is one."""
    if is_postgresql(url):
        yield
        return
    path = writable_path(url)
    with explaining(path):
        lock = take_lock(path)
    with closing(lock):
        yield


def is_postgresql(url: str) -> bool:
    """Whether the URL names a PostgreSQL database."""
    return url.startswith(_POSTGRESQL)


@contextmanager
def loading_driver() -> Iterator[None]:
    """BadSetting where PostgreSQL's driver is missing: it is an extra, so what needs it is loaded inside."""
    try:
        yield
    except ImportError as error:
        if error.name is not None and not error.name.startswith("psycopg"):
            raise
        raise BadSetting(
            "PostgreSQL needs the driver psycopg: install it with pip install '.[postgres]'"
        ) from error
