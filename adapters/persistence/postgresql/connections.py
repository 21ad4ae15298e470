"""PostgreSQL connections as this program needs them."""

from typing import Any, Final, Self, TypeVar

import psycopg
from peewee import Context, PostgresqlDatabase, Psycopg3Adapter
from psycopg import errors
from psycopg.abc import PQGen

from adapters.persistence.postgresql.errors import NoAnswer

T = TypeVar("T")
SILENCE_SECONDS: Final = 10.0
_LOOK_SECONDS = 0.5


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
        """A connection on which psycopg prepares nothing: the pipeline does, and they would not agree."""
        return PatientConnection.connect(dbname=db.database, prepare_threshold=None, **parameters)


class PostgresContext(Context):
    """Writes SQL for PostgreSQL, to which SQLite's ways of keeping a table mean nothing."""

    def literal(self, keyword: str) -> Self:
        """The words as they are, but those."""
        return super().literal("" if keyword == " WITHOUT ROWID" else keyword)


class Postgres(PostgresqlDatabase):
    """The database as Peewee knows it: it writes the SQL and opens connections."""

    context_class = PostgresContext
    psycopg3_adapter = PatientAdapter
