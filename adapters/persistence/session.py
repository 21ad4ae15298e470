"""One connection at work: statements, and savepoints."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, TypeAlias

from peewee import Database

from adapters.persistence.errors import DatabaseAway
from adapters.persistence.statements import SqlValue, Statement

Row: TypeAlias = tuple[Any, ...]


class Session(Protocol):
    """Runs statements on one connection, for one thread at a time.

    `failure` tells why what its transaction holds is lost; it is None while nothing is.
    """

    database: Database
    failure: DatabaseAway | None

    @abstractmethod
    def rows(self, statement: Statement, **values: SqlValue) -> list[Row]:
        """Every row the statement gives."""

    @abstractmethod
    def row(self, statement: Statement, **values: SqlValue) -> Row | None:
        """The first row, or None."""

    @abstractmethod
    def lasting_row(self, statement: Statement, **values: SqlValue) -> Row | None:
        """The first row, or None; a transaction may read it once, until `forget_rows`.

        Only for rows whose every change is followed by `forget_rows`.
        """

    @abstractmethod
    def forget_rows(self) -> None:
        """Read every lasting row anew: one of them has changed."""

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
    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what is done inside when an exception leaves it; savepoints nest."""

    @abstractmethod
    def hoping(self) -> AbstractContextManager[None]:
        """Do without savepoints inside if they cost much; UndoMissed where one was needed."""

    @abstractmethod
    def begin_migration(self) -> None:
        """Begin a transaction beside which no other process migrates; close the session afterwards."""

    @abstractmethod
    def end_migration(self) -> None:
        """Commit, unless a row refers to one that is gone."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the connection, and undo what is not committed."""


class Savepoint(AbstractContextManager[None]):
    """The innermost savepoint; it has no state of its own, so one serves every level."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __enter__(self) -> None:
        self._session.command("SAVEPOINT call")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session.failure is not None:
            raise DatabaseAway from error
        if kind is not None:
            self._session.command("ROLLBACK TO call")
            self._session.forget_rows()
        self._session.command("RELEASE call")
