"""Storage by its URL."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw

from adapters.persistence.database import DatabaseFile, check_sqlite
from adapters.persistence.errors import DatabaseAway
from adapters.persistence.locks import take_lock
from adapters.persistence.migrate import migrate
from adapters.persistence.transactions import SqliteTransactions
from core.errors import BadSetting
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions

_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://")
_MIGRATION_SECONDS = 60


def open_storage(url: str, clock: Clock, ids: IdSource) -> Transactions:
    """The storage at the URL, its schema made or brought up to date first; BadSetting with what is right."""
    if _is_postgresql(url):
        return _open_postgresql(url, clock, ids, migrated=False)
    path = _path(url)
    check_sqlite(apsw.sqlite_lib_version())
    with _explaining(path), closing(DatabaseFile(path, _MIGRATION_SECONDS).open(create=True)) as session:
        migrate(session, clock)
    return SqliteTransactions(DatabaseFile(path), clock, ids)


def join_storage(url: str, clock: Clock, ids: IdSource) -> Transactions:
    """The same where another process has seen to the schema: the database may be away until it is needed."""
    if _is_postgresql(url):
        return _open_postgresql(url, clock, ids, migrated=True)
    return SqliteTransactions(DatabaseFile(_path(url)), clock, ids)


@contextmanager
def server_lock(url: str) -> Iterator[None]:
    """Keeps a second server off the same SQLite file; BadSetting if there is one."""
    if _is_postgresql(url):
        yield
        return
    path = _path(url)
    with _explaining(path):
        lock = take_lock(path)
    with closing(lock):
        yield


def _is_postgresql(url: str) -> bool:
    return url.startswith(_POSTGRESQL)


def _open_postgresql(url: str, clock: Clock, ids: IdSource, *, migrated: bool) -> Transactions:
    """The driver is an extra: what needs it is loaded here only."""
    try:
        from adapters.persistence.postgresql.storage import join_postgresql, open_postgresql
    except ImportError as error:
        if error.name is not None and not error.name.startswith("psycopg"):
            raise
        raise BadSetting(
            "PostgreSQL needs the driver psycopg: install it with pip install '.[postgres]'"
        ) from error
    return (join_postgresql if migrated else open_postgresql)(url, clock, ids)


def _path(url: str) -> Path:
    if not url.startswith(_SQLITE) or len(url) == len(_SQLITE):
        raise BadSetting(
            f'"{url}" is no database URL: write sqlite:///FILE for a file in the working folder, '
            "sqlite:////FOLDER/FILE for one elsewhere, or postgresql://USER@HOST:PORT/NAME"
        )
    path = Path(os.path.abspath(url.removeprefix(_SQLITE)))
    if not path.parent.is_dir():
        raise BadSetting(f"the folder {path.parent} does not exist: make it first")
    if path.is_dir():
        raise BadSetting(f"{path} is a folder: name a file in it")
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise _unwritable(path)
    return path


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    """BadSetting where an operator can do something about it."""
    try:
        yield
    except DatabaseAway as error:
        match error.__cause__:
            case apsw.NotADBError():
                message = f"{path} is no SQLite database: name another file, or move this one away"
                raise BadSetting(message) from error
            case apsw.CantOpenError() | apsw.ReadOnlyError() | apsw.PermissionsError():
                raise _unwritable(path) from error
        raise


def _unwritable(path: Path) -> BadSetting:
    return BadSetting(f"{path} cannot be written: give this user the right to write it and its folder")
