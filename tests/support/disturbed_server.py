"""A PostgreSQL server whose statements a test can watch and whose connections it can break."""

from collections.abc import Callable, Mapping

import attrs

from adapters.persistence.postgresql.connections import PatientConnection
from adapters.persistence.postgresql.pipeline import Pipeline
from adapters.persistence.postgresql.server import PostgresServer
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.statements import SqlValue

Watcher = Callable[[str, int], None]


class WatchedPipeline(Pipeline):
    """Tells every statement, and the process that is to run it, before it is sent."""

    def __init__(
        self, connection: PatientConnection, prepare_after: int | None, watchers: list[Watcher]
    ) -> None:
        super().__init__(connection, prepare_after)
        self._process = connection.info.backend_pid
        self._watchers = watchers

    def send_words(self, sql: str) -> None:
        self._tell(sql)
        super().send_words(sql)

    def send(self, sql: str, values: Mapping[str, SqlValue]) -> None:
        self._tell(sql)
        super().send(sql, values)

    def _tell(self, sql: str) -> None:
        for watch in list(self._watchers):
            watch(sql, self._process)


@attrs.frozen
class DisturbedServer(PostgresServer):
    """Tells every statement to the watchers before it is sent; what they raise is the driver's error."""

    watchers: list[Watcher] = attrs.field(factory=list)
    opened: list[PostgresSession] = attrs.field(factory=list)

    def open(self, *, read_only: bool = False) -> PostgresSession:
        database = super().open(read_only=read_only).database
        pipeline = WatchedPipeline(database.connection(), self.url.prepare_threshold, self.watchers)
        watched = PostgresSession(database, self.compiler, pipeline)
        self.opened.append(watched)
        return watched
