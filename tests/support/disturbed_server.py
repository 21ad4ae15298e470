"""A PostgreSQL server whose statements a test can watch and whose connections it can break."""

from collections.abc import Callable
from typing import Any

import attrs
import psycopg
from psycopg.abc import Params, Query

from adapters.persistence.postgresql.server import PostgresServer
from adapters.persistence.postgresql.session import PostgresSession


@attrs.frozen
class DisturbedServer(PostgresServer):
    """Tells every statement to the watchers before it runs; what a watcher raises is the driver's error."""

    watchers: list[Callable[[str, int], None]] = attrs.field(factory=list)
    opened: list[PostgresSession] = attrs.field(factory=list)

    def open(self, *, read_only: bool = False) -> PostgresSession:
        session = super().open(read_only=read_only)
        connection: psycopg.Connection[Any] = session.database.connection()
        watchers = self.watchers

        class Watched(psycopg.Cursor[Any]):
            def execute(self, query: Query, params: Params | None = None, **options: Any) -> "Watched":
                text = query.decode() if isinstance(query, bytes) else str(query)
                for watch in list(watchers):
                    watch(text, connection.info.backend_pid)
                super().execute(query, params, **options)
                return self

        connection.cursor_factory = Watched
        watched = PostgresSession(session.database, self.compiler)
        self.opened.append(watched)
        return watched
