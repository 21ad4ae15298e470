"""Whole tables of a PostgreSQL database, read and filled by COPY."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final

import psycopg
from peewee import Model, PeeweeException
from psycopg import sql

from adapters.persistence.errors import DatabaseAway
from adapters.persistence.maintenance import Connected
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.session import Row
from adapters.persistence.tables import TABLES
from core.errors import CopyFailed

_FILLED_AT_ONCE: Final = 10_000
"""Rows of one COPY: the server remembers each of them until its references are checked at the end."""
_UNLIMITED = ("statement_timeout", "idle_in_transaction_session_timeout")


class PostgresConnected(Connected):
    """One connection to a server, without limits to its time."""

    def __init__(self, session: PostgresSession, place: str) -> None:
        self.session = session
        self.place = place
        self.connection = session.connection
        self.connection.patience = None

    def begin_reading(self) -> None:
        """Begin a transaction that only reads."""
        with self.telling("cannot be read"):
            self.session.begin_reading()
            self._take_time()

    def begin_filling(self) -> None:
        """Begin a transaction and keep the tables for it; readers see them as they were."""
        tables = sql.SQL(", ").join(_name(table) for table in TABLES)
        with self.telling("cannot be written"):
            self.session.begin()
            self._take_time()
            self.connection.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(tables))

    def rows(self, table: type[Model]) -> Iterator[Row]:
        """Every row, one by one as they come over the line."""
        query = sql.SQL("SELECT {} FROM {}").format(_columns(table), _name(table))
        with self.telling(f"cannot be read in {_text(table)}"), self.connection.cursor() as cursor:
            types = cursor.execute(sql.SQL("{} LIMIT 0").format(query)).description or ()
            with cursor.copy(sql.SQL("COPY ({}) TO STDOUT").format(query)) as copy:
                copy.set_types([column.type_code for column in types])
                yield from copy.rows()

    def fill(self, table: type[Model], rows: Iterable[Row]) -> None:
        """Add the rows, many at once."""
        left = iter(rows)
        with self.telling(f"takes no more rows in {_text(table)}"):
            while self._send(table, islice(left, _FILLED_AT_ONCE)) == _FILLED_AT_ONCE:
                pass

    def commit(self) -> None:
        """Make it durable; until a table is analysed the server guesses how to find things in it."""
        with self.telling("cannot keep what was copied"):
            for table in TABLES:
                self.connection.execute(sql.SQL("ANALYZE {}").format(_name(table)))
            self.session.commit()

    def _send(self, table: type[Model], rows: Iterable[Row]) -> int:
        """Add some rows; tell how many."""
        count = 0
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(_name(table), _columns(table))
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                try:
                    copy.write_row(row)
                except psycopg.DataError as error:
                    raise CopyFailed(
                        f"{self.place} refuses the row {row[0]!r} of {_text(table)}: {error}"
                    ) from error
                count += 1
        return count

    def _take_time(self) -> None:
        for limit in _UNLIMITED:
            self.session.command(f"SET LOCAL {limit} = 0")
        self.session.settle()

    @contextmanager
    def telling(self, trouble: str) -> Iterator[None]:
        """CopyFailed for what the driver raises."""
        try:
            yield
        except (psycopg.Error, PeeweeException, DatabaseAway) as error:
            cause = error.__cause__ or error if isinstance(error, DatabaseAway) else error
            reason = " ".join(str(cause).split())
            raise CopyFailed(f"{self.place} {trouble}: {reason}") from error


def _text(table: type[Model]) -> str:
    name: str = table._meta.table_name
    return name


def _name(table: type[Model]) -> sql.Identifier:
    return sql.Identifier(_text(table))


def _columns(table: type[Model]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(field.column_name) for field in table._meta.sorted_fields)
