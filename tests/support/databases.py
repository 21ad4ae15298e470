"""Databases by their URLs, and what is in them, read by the drivers alone."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import apsw
import attrs
import psycopg
from peewee import BooleanField

from adapters.persistence.maintenance import Progress
from adapters.persistence.tables import TABLES
from tests.support.postgres import a_new_database, require_postgres

Content = Mapping[str, Sequence[str]]
_SQLITE = "sqlite:///"


def a_database(kind: str, folder: Path, name: str) -> str:
    """The URL of a database without a table: on SQLite of a file that is not there yet."""
    if kind == "sqlite":
        return f"{_SQLITE}{folder / name}.db"
    require_postgres()
    url = _postgresql(name)
    execute(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return url


@cache
def _postgresql(name: str) -> str:
    """Made once for all tests of the process: emptying a database is quicker."""
    return a_new_database(name)


def path_of(url: str) -> Path:
    """The file of a SQLite database."""
    return Path(url.removeprefix(_SQLITE))


def execute(url: str, *statements: str) -> None:
    """Change a database past the program, minding no references on SQLite."""
    if url.startswith(_SQLITE):
        with closing(apsw.Connection(str(path_of(url)))) as connection:
            for statement in statements:
                connection.execute(statement).fetchall()
        return
    with psycopg.connect(url, autocommit=True) as operator:
        for statement in statements:
            operator.execute(statement.encode())


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    """The rows that a query gives."""
    if url.startswith(_SQLITE):
        with closing(apsw.Connection(str(path_of(url)))) as connection:
            return list(connection.execute(query))
    with psycopg.connect(url) as operator:
        return operator.execute(query.encode()).fetchall()


def content_of(url: str) -> Content:
    """Every row of every table, as texts that tell every value and its type, in order."""
    return {table._meta.table_name: sorted(_rows(url, table._meta.table_name)) for table in TABLES}


def lookup_indexes_of(url: str) -> set[object]:
    """The names of the indexes that mappings had made."""
    catalog = "sqlite_schema WHERE type = 'index' AND" if url.startswith(_SQLITE) else "pg_indexes WHERE"
    column = "name" if url.startswith(_SQLITE) else "indexname"
    return {name for (name,) in ask(url, f"SELECT {column} FROM {catalog} {column} LIKE '%_lookup_%'")}


def _rows(url: str, name: str) -> Iterator[str]:
    table = next(table for table in TABLES if table._meta.table_name == name)
    fields = table._meta.sorted_fields
    for row in ask(url, f"SELECT {', '.join(field.column_name for field in fields)} FROM {name}"):
        yield repr(
            [
                bool(value) if isinstance(field, BooleanField) else value
                for field, value in zip(fields, row, strict=True)
            ]
        )


@attrs.define
class Watcher(Progress):
    """Keeps what it is told."""

    total: int | None = None
    done: int = 0

    def start(self, total: int) -> None:
        self.total = total

    def advance(self, count: int) -> None:
        self.done += count
