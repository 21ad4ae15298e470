"""How a PostgreSQL database is: its version, its settings, its clock and, asked for, every row of it."""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final

import psycopg
from peewee import PeeweeException

from adapters.persistence.checks import (
    TOLERATED,
    Check,
    attempted,
    check_newest,
    check_schema,
    failed,
    ok,
    shown_size,
    warning,
)
from adapters.persistence.errors import DatabaseAway
from adapters.persistence.postgresql.connected import PostgresConnected
from adapters.persistence.tables import TABLES
from core.errors import CopyFailed
from core.ports.clock import Clock

_OLDEST_TESTED: Final = 15
_TROUBLE = (DatabaseAway, PeeweeException, psycopg.Error, CopyFailed)
_UNSAFE = {
    "fsync": "after a power cut the whole database may be unreadable",
    "full_page_writes": "after a power cut pages may be half written",
    "synchronous_commit": "after a crash of the server the last answered requests may be gone",
}
_SERVER = """
SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,
       pg_database_size(current_database())
"""
_WRITABLE = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'"
_INVALID = """
SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace ORDER BY 1
"""


class PostgresChecks:
    """Looks at one database on a connection to it."""

    def __init__(self, connected: PostgresConnected, clock: Clock) -> None:
        self._connected = connected
        self._clock = clock
        self._connection = connected.connection

    def run(self, *, deep: bool) -> Iterator[Check]:
        """Look at everything; `deep` also reads every row."""
        session = self._connected.session
        looks: dict[str, Callable[[], Check]] = {
            "database": self._server,
            "writing": self._writable,
            "schema": lambda: check_schema(session),
            "durability": self._durability,
            "clock": self._clocks,
            "newest entry": lambda: check_newest(session, self._clock),
            "indexes": self._indexes,
        }
        if deep:
            looks["integrity"] = self._integrity
        for name, look in looks.items():
            yield attempted(name, look, *_TROUBLE)

    def _server(self) -> Check:
        version, major, size = self._asked(_SERVER)
        told = f"PostgreSQL {version}, {shown_size(size)} in {self._connected.place}"
        encoding = self._connected.session.parameter("server_encoding")
        if encoding != "UTF8":
            return failed("database", f"{told}, texts in {encoding}: make one with ENCODING 'UTF8'")
        if major < _OLDEST_TESTED:
            return warning("database", f"{told}; Datamingle is tested on {_OLDEST_TESTED} and newer: upgrade")
        return ok("database", told)

    def _writable(self) -> Check:
        (is_read_only,) = self._asked(_WRITABLE)
        if is_read_only:
            return failed("writing", "the database only reads, as a replica does: name the primary server")
        return ok("writing", "the database takes changes")

    def _durability(self) -> Check:
        values = {name: str(self._asked("SELECT current_setting(%s)", name)[0]) for name in _UNSAFE}
        off = [f"{name} is off: {_UNSAFE[name]}" for name, value in values.items() if value == "off"]
        if off:
            return warning("durability", "; ".join(off))
        return ok("durability", ", ".join(f"{name} {value}" for name, value in values.items()))

    def _clocks(self) -> Check:
        """The server's time belongs to the middle of the moment that asking took."""
        before = self._clock.now()
        (theirs,) = self._asked("SELECT clock_timestamp()")
        ahead = theirs - (before + (self._clock.now() - before) / 2)
        if abs(ahead) > TOLERATED:
            word = "behind" if ahead > timedelta() else "ahead of"
            return warning(
                "clock",
                f"this machine is {abs(ahead.total_seconds()):.1f} s {word} the database server: keys "
                "expire, and lists are in order, by the time of the machines that serve",
            )
        return ok("clock", f"this machine and the database server agree within {TOLERATED.seconds} s")

    def _indexes(self) -> Check:
        broken = [name for (name,) in self._connection.execute(_INVALID.encode()).fetchall()]
        if broken:
            return failed("indexes", f"not usable: {', '.join(broken)}; REINDEX makes them anew")
        return ok("indexes", "all are usable")

    def _integrity(self) -> Check:
        there = [one for one in TABLES if self._connected.session.database.table_exists(one._meta.table_name)]
        self._connected.begin_reading()
        try:
            for table in there:
                deque(self._connected.rows(table), maxlen=0)
        finally:
            self._connected.session.rollback()
        return ok("integrity", f"every row of {len(there)} tables can be read")

    def _asked(self, query: str, *values: object) -> tuple[Any, ...]:
        row = self._connection.execute(query.encode(), values).fetchone()
        return row or ()
