"""The lock that keeps a second server off a database file; a server that dies holds none."""

from pathlib import Path

import apsw

from adapters.persistence.errors import reaching_the_database
from core.errors import BadSetting


def take_lock(path: Path) -> apsw.Connection:
    """Hold the lock beside the database until the connection is closed; BadSetting if someone else has it.

    SQLite's own lock on an empty database: the same on every operating system.
    """
    with reaching_the_database():
        connection = apsw.Connection(f"{path}-lock")
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except apsw.BusyError as error:
        connection.close()
        raise BadSetting(f"another server runs on {path}: stop it first, or use another database") from error
    return connection
