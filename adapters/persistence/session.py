"""One connection at work."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias

from peewee import Database

from adapters.persistence.errors import DatabaseAway
from adapters.persistence.savepoints import Savepoints, Undoable
from adapters.persistence.statements import SqlValue, Statement

Row: TypeAlias = tuple[Any, ...]


class Session(Undoable, Protocol):
    """Runs statements on one connection, for one thread at a time.

    `failure` tells why what its transaction holds is lost; it is None while nothing is.
    """

    database: Database
    savepoints: Savepoints
    failure: DatabaseAway | None

    @abstractmethod
    def rows(self, statement: Statement, **values: SqlValue) -> list[Row]:
        """Every row the statement gives."""

    @abstractmethod
    def row(self, statement: Statement, **values: SqlValue) -> Row | None:
        """The first row, or None."""

    @abstractmethod
    def each(self, statement: Statement, **values: SqlValue) -> Iterator[Row]:
        """The rows one by one, within the transaction."""

    @abstractmethod
    def insert(self, statement: Statement, index: str, **values: SqlValue) -> None:
        """Add a row by a statement of `inserting`; UniqueViolated if an index refuses it, `index` if any."""

    @abstractmethod
    def execute(self, statement: Statement, **values: SqlValue) -> int:
        """Change rows; tell how many."""

    @abstractmethod
    def execute_many(self, statement: Statement, values: Iterable[Mapping[str, SqlValue]]) -> list[Row]:
        """Run the statement once for each; return what it returns, in order."""

    @abstractmethod
    def define(self, statement: Statement) -> None:
        """Change the schema, however long that takes."""

    @abstractmethod
    def begin(self) -> None:
        """Begin a transaction that may write."""

    @abstractmethod
    def begin_reading(self) -> None:
        """Begin a transaction that only reads, on one view of the database."""

    @abstractmethod
    def commit(self) -> None:
        """Make it durable."""

    @abstractmethod
    def rollback(self) -> None:
        """Undo it; nothing is lost any more if the connection still works."""

    @abstractmethod
    def command(self, sql: str) -> None:
        """Run one of the words of transactions; DatabaseAway if it fails for whatever reason."""

    @abstractmethod
    def begin_migration(self) -> None:
        """Begin a transaction beside which no other process migrates; close the session afterwards."""

    @abstractmethod
    def end_migration(self) -> None:
        """Commit, unless a row refers to one that is gone."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the connection, and undo what is not committed."""
