"""A PostgreSQL server whose connections outlast a test: a new one costs more than most tests do."""

import attrs

from adapters.persistence.postgresql.server import PostgresServer
from adapters.persistence.postgresql.session import PostgresSession


class LastingSession(PostgresSession):
    """Goes back to where it came from instead of being closed, if it still works."""

    idle: list["LastingSession"]

    def close(self) -> None:
        self.rollback()
        if self.failure is None:
            self.idle.append(self)
        else:
            super().close()


@attrs.frozen
class LastingServer(PostgresServer):
    """Hands the idle sessions out again."""

    idle: list[LastingSession] = attrs.field(factory=list)

    def open(self, *, read_only: bool = False) -> PostgresSession:
        if self.idle:
            return self.idle.pop()
        session = LastingSession(super().open(read_only=read_only).database, self.compiler)
        session.idle = self.idle
        return session

    def let_go(self) -> None:
        """Close the idle sessions."""
        while self.idle:
            self.idle.pop().database.close()
