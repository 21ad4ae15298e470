"""One PostgreSQL connection at work."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from itertools import count
from typing import Final

import psycopg
from peewee import Database, PeeweeException

from adapters.persistence.errors import DatabaseAway, UniqueViolated
from adapters.persistence.postgresql.connections import SILENCE_SECONDS, PatientConnection
from adapters.persistence.postgresql.errors import ConnectionLost, translated
from adapters.persistence.session import Row, Savepoint, Session
from adapters.persistence.statements import Compiler, SqlValue, Statement

_MIGRATION_LOCK: Final = 0x6461_7461_6D69_6E67
_FETCHED_AT_ONCE = 500
_SENT_AT_ONCE = 1000
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ"


class PostgresSession(Session):
    """Each transaction has one view of the database; of two that change a row the second one fails.

    `connection` is the driver's, for what no statement does.
    """

    def __init__(self, database: Database, compiler: Compiler) -> None:
        self.database = database
        self.connection: PatientConnection = database.connection()  # type: ignore[no-untyped-call]  # stubs
        self._cursor = self.connection.cursor()
        self._names = count()
        self._compiler = compiler
        self._savepoint = Savepoint(self)
        self.failure: DatabaseAway | None = None

    def rows(self, statement: Statement, **values: SqlValue) -> list[Row]:
        """Every row the statement gives."""
        with self._translating():
            rows: list[Row] = self._cursor.execute(self._compile(statement), values).fetchall()
        return rows

    def row(self, statement: Statement, **values: SqlValue) -> Row | None:
        """The first row, or None."""
        rows = self.rows(statement, **values)
        return rows[0] if rows else None

    def each(self, statement: Statement, **values: SqlValue) -> Iterator[Row]:
        """The rows one by one, within the transaction."""
        with self._translating(), self.connection.cursor(name=f"rows_{next(self._names)}") as cursor:
            cursor.itersize = _FETCHED_AT_ONCE
            yield from cursor.execute(self._compile(statement), values)

    def insert(self, statement: Statement, index: str, **values: SqlValue) -> None:
        """Add a row; a refusal leaves the transaction as it was, and is taken for the index's.

        A row that another transaction has just added, unseen by this one, is a conflict.
        """
        if not self.execute(statement, **values):
            raise UniqueViolated(index)

    def execute(self, statement: Statement, **values: SqlValue) -> int:
        """Change rows; tell how many."""
        with self._translating():
            changed: int = self._cursor.execute(self._compile(statement), values).rowcount
        return changed

    def execute_many(self, statement: Statement, values: Iterable[Mapping[str, SqlValue]]) -> list[Row]:
        """Run the statement once for each, all in one round trip; return what it returns, in order."""
        wanted = list(values)
        with self._translating():
            if len(wanted) == 1:
                return self._given(self._cursor.execute(self._compile(statement), wanted[0]))
            return [row for chunk in _chunks(wanted) for row in self._executed(statement, chunk)]

    def define(self, statement: Statement) -> None:
        """Change the schema, without a limit to its time; a lock is waited for no longer than usual."""
        self._take_time()
        try:
            self.execute(statement)
        finally:
            self.connection.patience = SILENCE_SECONDS

    def command(self, sql: str) -> None:
        """Run one of the words of transactions; DatabaseAway if it fails for whatever reason."""
        try:
            self._cursor.execute(sql.encode(), prepare=False)
        except psycopg.Error as error:
            refusal = translated(error)
            raise self._lost(refusal if isinstance(refusal, DatabaseAway) else ConnectionLost()) from error

    def begin(self) -> None:
        """Begin a transaction that may write."""
        self.command(_SNAPSHOT)

    def begin_reading(self) -> None:
        """Begin a transaction that only reads."""
        self.command(f"{_SNAPSHOT} READ ONLY")

    def commit(self) -> None:
        """Commit; PostgreSQL would take back without a word what holds a failed statement."""
        if self.connection.info.transaction_status is not psycopg.pq.TransactionStatus.INTRANS:
            raise RuntimeError("the call went on after a statement had failed, outside a savepoint")
        self.command("COMMIT")

    def rollback(self) -> None:
        """Undo the transaction; the session is sound again if the connection is."""
        self.failure = None
        with suppress(DatabaseAway):
            self.command("ROLLBACK")

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what is done inside when an exception leaves it; savepoints nest."""
        return self._savepoint

    def hoping(self) -> AbstractContextManager[None]:
        """Savepoints cost little here."""
        return nullcontext()

    def begin_migration(self) -> None:
        """Wait until no other process migrates; what it did is seen afterwards."""
        self.command("BEGIN ISOLATION LEVEL READ COMMITTED")
        self._take_time()
        self.command("SET LOCAL lock_timeout = 0")
        self.command(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")

    def end_migration(self) -> None:
        """Commit; references were minded all the time."""
        self.commit()

    def parameter(self, name: str) -> str | None:
        """What the server reports of itself."""
        return self.connection.info.parameter_status(name)

    def close(self) -> None:
        """Let go of the connection, and undo what is not committed."""
        with suppress(psycopg.Error, PeeweeException):  # a broken one may not even close
            self.connection.close()

    def _take_time(self) -> None:
        self.connection.patience = None
        self.command("SET LOCAL statement_timeout = 0")

    def _compile(self, statement: Statement) -> bytes:
        return self._compiler.compile(statement).encode()

    def _executed(self, statement: Statement, values: Sequence[Mapping[str, SqlValue]]) -> Iterator[Row]:
        self._cursor.executemany(self._compile(statement), values, returning=True)
        for result in self._cursor.results():
            yield from self._given(result)

    def _given(self, result: psycopg.Cursor[Row]) -> list[Row]:
        return result.fetchall() if result.description else []

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            refusal = translated(error)
            raise (self._lost(refusal) if isinstance(refusal, DatabaseAway) else refusal) from error

    def _lost(self, failure: DatabaseAway) -> DatabaseAway:
        self.failure = self.failure or failure
        return failure


def _chunks(values: Sequence[Mapping[str, SqlValue]]) -> Iterator[Sequence[Mapping[str, SqlValue]]]:
    """Parts that are done within the time of one statement."""
    for start in range(0, len(values), _SENT_AT_ONCE):
        yield values[start : start + _SENT_AT_ONCE]
