"""One PostgreSQL connection at work."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from itertools import count
from typing import Final, TypeVar

import psycopg
from peewee import Database, PeeweeException
from psycopg.pq.abc import PGresult

from adapters.persistence.errors import DatabaseAway, UniqueViolated
from adapters.persistence.postgresql.connections import SILENCE_SECONDS, PatientConnection
from adapters.persistence.postgresql.errors import translated
from adapters.persistence.postgresql.pipeline import Pipeline
from adapters.persistence.session import Row, Savepoint, Session
from adapters.persistence.statements import Compiler, SqlValue, Statement

T = TypeVar("T")
_MIGRATION_LOCK: Final = 0x6461_7461_6D69_6E67
_FETCHED_AT_ONCE = 500
_SENT_AT_ONCE = 1000
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ"


class PostgresSession(Session):
    """Each transaction has one view of the database; of two that change a row the second one fails.

    What gives no answer that anyone needs (BEGIN, savepoints) travels with the next statement that does.
    `connection` is the driver's, for what no statement does.
    """

    def __init__(self, database: Database, compiler: Compiler, pipeline: Pipeline) -> None:
        self.database = database
        self.connection: PatientConnection = database.connection()  # type: ignore[no-untyped-call]  # stubs
        self.pipeline = pipeline
        self._names = count()
        self._compiler = compiler
        self._savepoint = Savepoint(self)
        self._foreseen: dict[tuple[Statement, frozenset[tuple[str, SqlValue]]], list[Row]] = {}
        self.failure: DatabaseAway | None = None

    def rows(self, statement: Statement, **values: SqlValue) -> list[Row]:
        """Every row the statement gives."""
        if self._foreseen:
            foreseen = self._foreseen.get((statement, frozenset(values.items())))
            if foreseen is not None:
                return foreseen
        return self._rows_of(self._run((statement, values)))

    def rows_of_each(self, *asked: tuple[Statement, Mapping[str, SqlValue]]) -> Sequence[list[Row]]:
        """Every row of each of the statements, all in one round trip."""
        return [self._rows_of([answer]) for answer in self._run(*asked)]

    def foresee(self, statement: Statement, rows: list[Row], **values: SqlValue) -> None:
        """Know what the statement gives, in this transaction, until it writes."""
        self._foreseen[statement, frozenset(values.items())] = rows

    def row(self, statement: Statement, **values: SqlValue) -> Row | None:
        """The first row, or None."""
        rows = self.rows(statement, **values)
        return rows[0] if rows else None

    def lasting_row(self, statement: Statement, **values: SqlValue) -> Row | None:
        """The first row, or None; a call that has a transaction of its own asks for it once."""
        return self.row(statement, **values)

    def forget_rows(self) -> None:
        """There is none."""

    def each(self, statement: Statement, **values: SqlValue) -> Iterator[Row]:
        """The rows one by one, within the transaction."""
        self.settle()
        with self._translating(), self.connection.cursor(name=f"rows_{next(self._names)}") as cursor:
            cursor.itersize = _FETCHED_AT_ONCE
            yield from cursor.execute(self._compiler.compile(statement).encode(), values)

    def insert(self, statement: Statement, index: str, **values: SqlValue) -> None:
        """Add a row; a refusal leaves the transaction as it was, and is taken for the index's.

        A row that another transaction has just added, unseen by this one, is a conflict.
        """
        if not self.execute(statement, **values):
            raise UniqueViolated(index)

    def execute(self, statement: Statement, **values: SqlValue) -> int:
        """Change rows; tell how many."""
        self._foreseen.clear()
        (answer,) = self._run((statement, values))
        return answer.command_tuples or 0

    def execute_many(self, statement: Statement, values: Iterable[Mapping[str, SqlValue]]) -> list[Row]:
        """Run the statement once for each, all in one round trip; return what it returns, in order."""
        self._foreseen.clear()
        runs = [(statement, each) for each in values]
        return [row for chunk in _chunks(runs) for row in self._rows_of(self._run(*chunk))]

    def send(self, statement: Statement, **values: SqlValue) -> None:
        """Change rows; what is wrong with that is told by the next statement, the commit included."""
        self._foreseen.clear()
        with self._translating():
            self.pipeline.send(self._compiler.compile(statement), values)

    def settle(self) -> None:
        """Wait until the server has done all that was sent."""
        with self._translating():
            self.pipeline.answers()

    def define(self, statement: Statement) -> None:
        """Change the schema, without a limit to its time; a lock is waited for no longer than usual."""
        with self.unhurried():
            self.execute(statement)

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """Lift the limit to the time of this transaction's statements, but not to waiting for a lock."""
        self._take_time()
        try:
            yield
        finally:
            self.connection.patience = SILENCE_SECONDS

    def command(self, sql: str) -> None:
        """Send a statement without values and answer; what is wrong with it is told by the next one."""
        with self._translating():
            self.pipeline.send_words(sql)

    def begin(self) -> None:
        """Begin a transaction that may write."""
        self._foreseen.clear()
        self.command(_SNAPSHOT)

    def begin_reading(self) -> None:
        """Begin a transaction that only reads; a connection that broke while it was idle is noticed here."""
        self._foreseen.clear()
        self.command(f"{_SNAPSHOT} READ ONLY")
        self.settle()

    def commit(self) -> None:
        """Commit; PostgreSQL takes back with no more than a word what holds a failed statement."""
        self.command("COMMIT")
        with self._translating():
            *_, answer = self.pipeline.answers()
        if answer.command_status != b"COMMIT":
            raise RuntimeError("the call went on after a statement had failed, outside a savepoint")

    def rollback(self) -> None:
        """Undo the transaction; the session is sound again if the connection is."""
        self.failure = None
        with suppress(DatabaseAway):
            self.command("ROLLBACK")
            self.settle()

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
        self.settle()

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

    def _run(self, *asked: tuple[Statement, Mapping[str, SqlValue]]) -> Sequence[PGresult]:
        with self._translating():
            for statement, values in asked:
                self.pipeline.send(self._compiler.compile(statement), values)
            return self.pipeline.answers()[-len(asked) :]

    def _rows_of(self, answers: Sequence[PGresult]) -> list[Row]:
        return list(self.pipeline.rows(answers))

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


def _chunks(runs: Sequence[T]) -> Iterator[Sequence[T]]:
    """Parts that are done within the time of one statement."""
    for start in range(0, len(runs), _SENT_AT_ONCE):
        yield runs[start : start + _SENT_AT_ONCE]
