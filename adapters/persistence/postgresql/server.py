"""A PostgreSQL database, and new connections to it."""

from collections.abc import Mapping
from typing import Any

import attrs
import psycopg
from peewee import PeeweeException

from adapters.persistence.connection import Source
from adapters.persistence.postgresql.connections import Postgres
from adapters.persistence.postgresql.errors import ConnectionLost
from adapters.persistence.postgresql.pipeline import Pipeline
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.postgresql.unit_of_work import PostgresUnitOfWork
from adapters.persistence.postgresql.url import PostgresUrl
from adapters.persistence.statements import Compiler
from core.ports.clock import Clock
from core.ports.id_source import IdSource


@attrs.frozen
class PostgresServer(Source):
    """The database at a URL and the SQL compiled for it."""

    url: PostgresUrl
    compiler: Compiler = attrs.field(factory=lambda: Compiler(Postgres(None, prefer_psycopg3=True)))

    def open(self, *, read_only: bool = False) -> PostgresSession:
        """A new connection; ConnectionLost, caused by the driver's error, where there is none to be had."""
        parameters: Mapping[str, Any] = self.url.parameters
        database = Postgres(self.url.database, prefer_psycopg3=True, thread_safe=False, **parameters)
        try:
            database.connect()
        except PeeweeException as error:
            if isinstance(error.__context__, psycopg.Error):
                raise ConnectionLost from error.__context__
            raise
        pipeline = Pipeline(database.connection(), self.url.prepare_threshold)  # type: ignore[no-untyped-call]  # stubs
        return PostgresSession(database, self.compiler, pipeline)

    def open_work(self, clock: Clock, ids: IdSource, *, read_only: bool = False) -> PostgresUnitOfWork:
        """The unit of work on a new connection."""
        return PostgresUnitOfWork(self.open(read_only=read_only), clock, ids)

    def identity(self) -> tuple[int, int]:
        """Always the same: a server that goes away takes its connections with it."""
        return (0, 0)
