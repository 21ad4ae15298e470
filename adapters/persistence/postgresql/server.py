"""A PostgreSQL database, and new connections to it."""

from typing import Any

import attrs
import psycopg
from peewee import PeeweeException

from adapters.persistence.connection import Source
from adapters.persistence.postgresql.connections import Postgres
from adapters.persistence.postgresql.errors import ConnectionLost
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.postgresql.url import PostgresUrl
from adapters.persistence.statements import Compiler


@attrs.frozen
class PostgresServer(Source):
    """The database at a URL and the SQL compiled for it."""

    url: PostgresUrl
    compiler: Compiler = attrs.field(factory=lambda: Compiler(Postgres(None, prefer_psycopg3=True)))

    def open(self, *, read_only: bool = False) -> PostgresSession:
        """A new connection; ConnectionLost, caused by the driver's error, where there is none to be had."""
        parameters: dict[str, Any] = {**self.url.parameters, "prepare_threshold": self.url.prepare_threshold}
        database = Postgres(self.url.database, prefer_psycopg3=True, thread_safe=False, **parameters)
        try:
            database.connect()
        except PeeweeException as error:
            if isinstance(error.__context__, psycopg.Error):
                raise ConnectionLost from error.__context__
            raise
        return PostgresSession(database, self.compiler)

    def identity(self) -> tuple[int, int]:
        """Always the same: a server that goes away takes its connections with it."""
        return (0, 0)
