"""One SQLite connection at work."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

import apsw
from peewee import Database

from adapters.persistence.errors import DatabaseAway, translated
from adapters.persistence.hope import Hope
from adapters.persistence.session import Row, Savepoint, Session
from adapters.persistence.statements import Compiler, SqlValue, Statement


class SqliteSession(Session):
    """Goes to the driver's cursor itself, which halves the cost of a look-up.

    It reads every row at once, so that no statement stays open. `connection` is the driver's, for what no
    statement does.
    """

    def __init__(self, database: Database, compiler: Compiler) -> None:
        self.database = database
        self.connection: apsw.Connection = database.connection()  # type: ignore[no-untyped-call]  # stubs
        self._cursor = self.connection.cursor()
        self._compile = compiler.compile
        self._savepoint = Savepoint(self)
        self._hope = Hope(self, self._count_changes)
        self._hopes = False
        self.failure: DatabaseAway | None = None
        self._definitions = 0
        self._lasting: dict[tuple[object, ...], Row | None] = {}

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

    def lasting_row(self, statement: Statement, **values: SqlValue) -> Row | None:
        """The first row, or None; the calls of a group share its transaction and what was read in it."""
        asked = (statement, *values.values())
        if asked not in self._lasting:
            self._lasting[asked] = self.row(statement, **values)
        return self._lasting[asked]

    def forget_rows(self) -> None:
        """Read every lasting row anew."""
        self._lasting.clear()

    def each(self, statement: Statement, **values: SqlValue) -> Iterator[Row]:
        """The rows one by one, within the transaction."""
        try:
            yield from self.connection.cursor().execute(self._compile(statement), values)
        except apsw.Error as error:
            raise self._translated(error) from error

    def insert(self, statement: Statement, index: str, **values: SqlValue) -> None:
        """Add a row; UniqueViolated tells the index that refused it."""
        try:
            self._cursor.execute(self._compile(statement), values)
        except apsw.Error as error:
            raise self._translated(error) from error

    def execute(self, statement: Statement, **values: SqlValue) -> int:
        """Change rows; tell how many."""
        try:
            self._cursor.execute(self._compile(statement), values)
        except apsw.Error as error:
            raise self._translated(error) from error
        return self.connection.changes()

    def execute_many(self, statement: Statement, values: Iterable[Mapping[str, SqlValue]]) -> list[Row]:
        """Run the statement once for each; return what it returns, in order."""
        try:
            rows: list[Row] = self._cursor.executemany(self._compile(statement), values).fetchall()
        except apsw.Error as error:
            raise self._translated(error) from error
        return rows

    def define(self, statement: Statement) -> None:
        """Change the schema."""
        self.execute(statement)
        self._definitions += 1

    def begin(self) -> None:
        """Begin a transaction that waits for no lock later on."""
        self.forget_rows()
        self.command("BEGIN IMMEDIATE")

    def begin_reading(self) -> None:
        """Begin a transaction that only reads, on one view of the database."""
        self.forget_rows()
        self.command("BEGIN")

    def commit(self) -> None:
        """Make it durable."""
        self.command("COMMIT")

    def rollback(self) -> None:
        """Undo it."""
        self.command("ROLLBACK")

    def command(self, sql: str) -> None:
        """Run one of the words of transactions; DatabaseAway if it fails for whatever reason."""
        try:
            self._cursor.execute(sql)
        except apsw.Error as error:
            self.failure = DatabaseAway()
            raise self.failure from error

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what is done inside when an exception leaves it; savepoints nest."""
        return self._hope if self._hopes else self._savepoint

    @contextmanager
    def hoping(self) -> Iterator[None]:
        """A savepoint keeps a copy of every page that is written, which most calls never need."""
        self._hopes = True
        try:
            yield
        finally:
            self._hopes = False
            self._hope.forget()

    def begin_migration(self) -> None:
        """A step may rebuild a table, so this session minds no foreign keys any more."""
        self.command("PRAGMA foreign_keys = OFF")
        self.begin()

    def end_migration(self) -> None:
        """Commit, unless a row refers to one that is gone."""
        broken = self._cursor.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise LookupError(f"a migration left references to rows that are gone: {broken[:3]}")
        self.commit()

    def close(self) -> None:
        """Let go of the connection, and undo what is not committed."""
        self.database.close()

    def _count_changes(self) -> int:
        changes: int = self.connection.total_changes()
        return changes + self._definitions

    def _translated(self, error: apsw.Error) -> Exception:
        refusal = translated(error)
        if isinstance(refusal, DatabaseAway):
            self.failure = refusal
        return refusal
