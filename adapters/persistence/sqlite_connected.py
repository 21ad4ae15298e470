"""Whole tables of a SQLite database, read and filled."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import apsw
from peewee import BooleanField, Model, PeeweeException

from adapters.persistence.errors import DatabaseAway, UniqueViolated
from adapters.persistence.maintenance import Connected
from adapters.persistence.session import Row
from adapters.persistence.sqlite_session import SqliteSession
from adapters.persistence.statements import Slot, Statement
from core.errors import CopyFailed

_TRUTHS = {0: False, 1: True}


class SqliteConnected(Connected):
    """One connection to a file."""

    def __init__(self, session: SqliteSession, place: str) -> None:
        self.session = session
        self.place = place

    def begin_reading(self) -> None:
        """Begin a transaction; its view is that of the first statement in it."""
        self.session.begin_reading()

    def begin_filling(self) -> None:
        """Begin a transaction; SQLite has one writer at a time."""
        with self.telling("cannot be written"):
            self.session.begin()

    def rows(self, table: type[Model]) -> Iterator[Row]:
        """Every row, one by one, as they lie in the file."""
        fields = table._meta.sorted_fields
        truths = [place for place, field in enumerate(fields) if isinstance(field, BooleanField)]
        with self.telling(f"cannot be read in {table._meta.table_name}"):
            rows = self.session.each(Statement(table.select(*fields)))
            yield from _with_truths(rows, truths) if truths else rows

    def fill(self, table: type[Model], rows: Iterable[Row]) -> None:
        """Add the rows one by one."""
        fields = table._meta.sorted_fields
        names = [field.name for field in fields]
        adding = Statement(table.insert({field: Slot(field.name) for field in fields}))
        with self.telling(f"takes no more rows in {table._meta.table_name}"):
            self.session.execute_many(adding, (dict(zip(names, row, strict=True)) for row in rows))

    def commit(self) -> None:
        """Make it durable; there is nothing to learn."""
        with self.telling("cannot keep what was copied"):
            self.session.commit()

    @contextmanager
    def telling(self, trouble: str) -> Iterator[None]:
        """CopyFailed for what the driver raises."""
        try:
            yield
        except (DatabaseAway, UniqueViolated, apsw.Error, PeeweeException, UnicodeDecodeError) as error:
            raise CopyFailed(f"{self.place} {trouble}: {_reason(error)}") from error


def _with_truths(rows: Iterable[Row], places: Sequence[int]) -> Iterator[Row]:
    for row in rows:
        values = list(row)
        for place in places:
            values[place] = _TRUTHS.get(values[place], values[place])
        yield tuple(values)


def _reason(error: Exception) -> str:
    match error:
        case DatabaseAway():
            return str(error.__cause__ or error)
        case UniqueViolated():
            return f"the index {error.index} refuses a row"
    return str(error)
