"""SQLite connections as this program needs them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import apsw
import attrs
from playhouse.apsw_ext import APSWDatabase  # type: ignore[import-untyped]  # has no stubs

from adapters.persistence.connection import Source
from adapters.persistence.errors import DatabaseAway, reaching_the_database
from adapters.persistence.sqlite_session import SqliteSession
from adapters.persistence.statements import Compiler
from core.errors import BadSetting

_OLDEST_SQLITE = (3, 51, 3)
_BUSY_SECONDS = 5
_KEPT_STATEMENTS = 512
PRAGMAS: Final[Mapping[str, str | int]] = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "cache_size": -65_536,
    "temp_store": "memory",
    "wal_autocheckpoint": 2000,
}
"""What every connection is set to; `synchronous` makes a commit durable before it is acknowledged."""
_OF_THE_FILE = ("journal_mode",)


@attrs.frozen
class DatabaseFile(Source):
    """A database file and the SQL compiled for it."""

    path: Path
    busy_seconds: float = _BUSY_SECONDS
    compiler: Compiler = attrs.field(factory=lambda: Compiler(APSWDatabase(None, returning_clause=True)))

    def open(self, *, create: bool = False, read_only: bool = False) -> SqliteSession:
        """A new connection; DatabaseAway where the machine or the file does not let us.

        Only the first one makes the file: one that is gone later is an outage, not an empty database.
        """
        pragmas = {**PRAGMAS, "query_only": int(read_only)}
        return self._opened(pragmas, apsw.SQLITE_OPEN_CREATE if create else 0)

    def inspect(self) -> SqliteSession:
        """A connection that changes nothing, not even how the file is kept; DatabaseAway if it is none."""
        own = {name: value for name, value in PRAGMAS.items() if name not in _OF_THE_FILE}
        session = self._opened({**own, "query_only": 1}, 0)
        with reaching_the_database():
            session.connection.pragma("schema_version")
        return session

    def _opened(self, pragmas: dict[str, str | int], flags: int) -> SqliteSession:
        database = APSWDatabase(
            str(self.path),
            pragmas=pragmas,
            timeout=self.busy_seconds,
            flags=apsw.SQLITE_OPEN_READWRITE | flags,
            statementcachesize=_KEPT_STATEMENTS,
            thread_safe=False,
        )
        with reaching_the_database():
            database.connect()
            # Else SQLite plans a range query anew each time its values change: 4 µs instead of 0.8.
            database.connection().config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        return SqliteSession(database, self.compiler)

    def identity(self) -> tuple[int, int]:
        """Which file stands at the path: SQLite writes on into one that was deleted or replaced."""
        try:
            found = os.stat(self.path)
        except OSError as error:
            raise DatabaseAway from error
        return found.st_dev, found.st_ino


def check_sqlite(version: str) -> None:
    """BadSetting if this SQLite can corrupt a database in WAL mode, as all before 3.51.3 can."""
    if tuple(int(part) for part in version.split(".")) < _OLDEST_SQLITE:
        raise BadSetting(
            f"SQLite {version} can corrupt a database in WAL mode; install an apsw that brings at least "
            + ".".join(map(str, _OLDEST_SQLITE))
        )
