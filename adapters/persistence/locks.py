"""The lock that keeps a second server off a database file; a server that dies holds none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from adapters.persistence.errors import reaching_the_database
from core.errors import BadSetting


@contextmanager
def exclusive_lock(path: Path) -> Iterator[None]:
    """Hold the lock beside the database; BadSetting if someone else has it.

    SQLite's own lock on an empty database: the same on every operating system.
    """
    with reaching_the_database():
        connection = apsw.Connection(f"{path}-lock")
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except apsw.BusyError as error:
            raise BadSetting(
                f"another server runs on {path}: stop it first, or use another database"
            ) from error
        yield
    finally:
        connection.close()
