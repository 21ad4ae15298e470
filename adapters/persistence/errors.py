"""What the database's errors mean to the core."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import apsw
from peewee import DatabaseError

from core.errors import ServiceUnavailable

_UNIQUE = (apsw.SQLITE_CONSTRAINT_UNIQUE, apsw.SQLITE_CONSTRAINT_PRIMARYKEY)
_INDEX = re.compile(r"UNIQUE constraint failed: index '(.+)'")
_COLUMNS = re.compile(r"UNIQUE constraint failed: (.+)")
AWAY = (
    apsw.BusyError,
    apsw.LockedError,
    apsw.ReadOnlyError,
    apsw.IOError,
    apsw.FullError,
    apsw.CantOpenError,
    apsw.CorruptError,
    apsw.NotADBError,
    apsw.ProtocolError,
    apsw.PermissionsError,
    apsw.NoMemError,
)
"""Errors of the machine or the file, not of the statement: the connection is not used again."""


class DatabaseAway(ServiceUnavailable):
    """The database did not do what it was asked; what the transaction holds cannot be trusted."""


class UniqueViolated(Exception):
    """A unique index refused a row; `index` is its name."""

    def __init__(self, index: str) -> None:
        super().__init__(index)
        self.index = index


def translated(error: apsw.Error) -> Exception:
    """The error in our words; itself where there are none."""
    if isinstance(error, AWAY):
        return DatabaseAway()
    if getattr(error, "extendedresult", None) in _UNIQUE:
        return UniqueViolated(_violated(str(error)))
    return error


@contextmanager
def reaching_the_database() -> Iterator[None]:
    """DatabaseAway where the machine or the file does not let us, also where Peewee raises it as its own."""
    try:
        yield
    except (apsw.Error, DatabaseError) as error:
        cause = getattr(error, "orig", error)
        if isinstance(cause, AWAY):
            raise DatabaseAway from cause
        raise


def _violated(message: str) -> str:
    """The index, from its name or its columns: SQLite tells the one or the other."""
    if named := _INDEX.fullmatch(message):
        return named[1]
    columns = _COLUMNS.fullmatch(message)
    places = [place.split(".") for place in columns[1].split(", ")] if columns else []
    return "_".join([places[0][0], *(column for _, column in places)]) if places else message
