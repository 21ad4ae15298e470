"""PostgreSQL connections as this program needs them."""

from typing import Any, Final, Self, TypeVar

import psycopg
from peewee import Context, PostgresqlDatabase, Psycopg3Adapter
from psycopg import errors
from psycopg.abc import PQGen
from psycopg.types.numeric import Int8Dumper

from adapters.persistence.postgresql.errors import NoAnswer

T = TypeVar("T")
SILENCE_SECONDS: Final = 10.0
_LOOK_SECONDS = 0.5
_KEPT_STATEMENTS = 500


class PatientConnection(psycopg.Connection[tuple[Any, ...]]):
    """Waits 10 s for an answer, longer than a statement may take, whatever has become of the server."""

    patience: float | None = SILENCE_SECONDS

    def wait(self, gen: PQGen[T], interval: float = _LOOK_SECONDS, timeout: float | None = None) -> T:
        """The answer; NoAnswer if there is none in time."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except errors._WaitTimeout as error:
            raise NoAnswer("the server does not answer") from error


class PatientAdapter(Psycopg3Adapter):
    """Has Peewee open such connections."""

    def connect(self, db: PostgresqlDatabase, **parameters: Any) -> PatientConnection:
        """A connection on which every integer is of 64 bits, so that a statement is prepared only once."""
        connection = PatientConnection.connect(dbname=db.database, **parameters)
        connection.prepared_max = _KEPT_STATEMENTS
        connection.adapters.register_dumper(int, Int8Dumper)
        return connection


class PostgresContext(Context):
    """Writes SQL for PostgreSQL, to which SQLite's ways of keeping a table mean nothing."""

    def literal(self, keyword: str) -> Self:
        """The words as they are, but those."""
        return super().literal("" if keyword == " WITHOUT ROWID" else keyword)


class Postgres(PostgresqlDatabase):
    """The database as Peewee knows it: it writes the SQL and opens connections."""

    context_class = PostgresContext
    psycopg3_adapter = PatientAdapter
