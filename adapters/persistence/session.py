"""One connection at work: statements, and savepoints."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, TypeAlias

import apsw
from peewee import Database

from adapters.persistence.errors import DatabaseAway, translated
from adapters.persistence.statements import Compiler, SqlValue, Statement

Row: TypeAlias = tuple[Any, ...]


class Session:
    """Runs statements on one connection, for one thread at a time.

    It goes to the driver's cursor itself, which halves the cost of a look-up, and reads every row at once, so
    that no statement stays open. Once it is not sound, what its transaction holds is lost.
    """

    def __init__(self, database: Database, compiler: Compiler) -> None:
        self.database = database
        self._connection: apsw.Connection = database.connection()  # type: ignore[no-untyped-call]  # stubs
        self._cursor = self._connection.cursor()
        self._compile = compiler.compile
        self._savepoint = Savepoint(self)
        self.is_sound = True

    def rows(self, statement: Statement, **values: SqlValue) -> list[Row]:
        """Every row the statement gives."""
        try:
            rows: list[Row] = self._cursor.execute(self._compile(statement), values).fetchall()
        except apsw.Error as error:
            raise self._translated(error) from error
        return rows

    def row(self, statement: Statement, **values: SqlValue) -> Row | None:
        """The first row, or None."""
        rows = self.rows(statement, **values)
        return rows[0] if rows else None

    def each(self, statement: Statement, **values: SqlValue) -> Iterator[Row]:
        """The rows one by one, within the transaction."""
        try:
            yield from self._connection.cursor().execute(self._compile(statement), values)
        except apsw.Error as error:
            raise self._translated(error) from error

    def execute(self, statement: Statement, **values: SqlValue) -> int:
        """Change rows; tell how many."""
        try:
            self._cursor.execute(self._compile(statement), values)
        except apsw.Error as error:
            raise self._translated(error) from error
        return self._connection.changes()

    def execute_many(self, statement: Statement, values: Iterable[Mapping[str, SqlValue]]) -> list[Row]:
        """Run the statement once for each; return what it returns, in order."""
        try:
            rows: list[Row] = self._cursor.executemany(self._compile(statement), values).fetchall()
        except apsw.Error as error:
            raise self._translated(error) from error
        return rows

    def command(self, sql: str) -> None:
        """Run one of the words of transactions; DatabaseAway if it fails for whatever reason."""
        try:
            self._cursor.execute(sql)
        except apsw.Error as error:
            self.is_sound = False
            raise DatabaseAway from error

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what is done inside when an exception leaves it; savepoints nest."""
        return self._savepoint

    def close(self) -> None:
        """Let go of the connection, and undo what is not committed."""
        self.database.close()

    def _translated(self, error: apsw.Error) -> Exception:
        refusal = translated(error)
        self.is_sound = self.is_sound and not isinstance(refusal, DatabaseAway)
        return refusal


class Savepoint(AbstractContextManager[None]):
    """The innermost savepoint; it has no state of its own, so one serves every level."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __enter__(self) -> None:
        self._session.command("SAVEPOINT call")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._session.is_sound:
            raise DatabaseAway from error
        if kind is not None:
            self._session.command("ROLLBACK TO call")
        self._session.command("RELEASE call")
