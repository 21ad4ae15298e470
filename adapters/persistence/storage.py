"""Storage by its URL."""

import os
from contextlib import AbstractContextManager, closing
from pathlib import Path

import apsw

from adapters.persistence.database import DatabaseFile, check_sqlite
from adapters.persistence.errors import DatabaseAway
from adapters.persistence.locks import exclusive_lock
from adapters.persistence.migrate import migrate
from adapters.persistence.transactions import SqliteTransactions
from core.errors import BadSetting
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions

_SQLITE = "sqlite:///"


def open_storage(url: str, clock: Clock, ids: IdSource) -> Transactions:
    """The storage at the URL, its schema made or brought up to date first; BadSetting with what is right."""
    file = DatabaseFile(_path(url))
    check_sqlite(apsw.sqlite_lib_version())
    _prepare(file, clock)
    return SqliteTransactions(file, clock, ids)


def server_lock(url: str) -> AbstractContextManager[None]:
    """Keeps a second server off the same database; BadSetting if there is one."""
    return exclusive_lock(_path(url))


def _path(url: str) -> Path:
    if not url.startswith(_SQLITE) or len(url) == len(_SQLITE):
        raise BadSetting(
            f'"{url}" is no database URL: write sqlite:///FILE for a file in the working folder, '
            "or sqlite:////FOLDER/FILE for one elsewhere"
        )
    path = Path(os.path.abspath(url.removeprefix(_SQLITE)))
    if not path.parent.is_dir():
        raise BadSetting(f"the folder {path.parent} does not exist: make it first")
    if path.is_dir():
        raise BadSetting(f"{path} is a folder: name a file in it")
    return path


def _prepare(file: DatabaseFile, clock: Clock) -> None:
    try:
        with closing(file.open(create=True)) as session:
            migrate(session, clock)
    except DatabaseAway as error:
        raise _explained(file.path, error) from error


def _explained(path: Path, error: DatabaseAway) -> Exception:
    match error.__cause__:
        case apsw.NotADBError():
            return BadSetting(f"{path} is no SQLite database: name another file, or move this one away")
        case apsw.CantOpenError() | apsw.ReadOnlyError() | apsw.PermissionsError():
            return BadSetting(
                f"{path} cannot be written: give this user the right to write it and its folder"
            )
        case _:
            return error
