"""The lock that keeps a second server off a database file; a server that dies holds none."""

from contextlib import closing
from pathlib import Path
from typing import Final

import apsw

from adapters.persistence.errors import reaching_the_database
from core.errors import BadSetting

_LOOK_MILLISECONDS: Final = 100
"""Somebody who only looks whether the lock is held is in the way for a moment."""


def take_lock(path: Path) -> apsw.Connection:
    """Hold the lock beside the database until the connection is closed; BadSetting if someone else has it.

    SQLite's own lock on an empty database: the same on every operating system.
    """
    with reaching_the_database():
        connection = apsw.Connection(str(_lock_file(path)))
    connection.set_busy_timeout(_LOOK_MILLISECONDS)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except apsw.BusyError as error:
        connection.close()
        raise BadSetting(f"another server runs on {path}: stop it first, or use another database") from error
    return connection


def is_locked(path: Path) -> bool:
    """Whether someone holds the lock; looking makes no file."""
    lock = _lock_file(path)
    if not lock.exists():
        return False
    with closing(apsw.Connection(str(lock), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        except apsw.BusyError:
            return True
    return False


def _lock_file(path: Path) -> Path:
    """Beside the file itself, whatever links lead to it."""
    path = path.resolve()
    return path.with_name(f"{path.name}-lock")
