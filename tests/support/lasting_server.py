"""A PostgreSQL server whose connections outlast a test: a new one costs more than most tests do."""

from contextlib import suppress

import attrs

from adapters.persistence.errors import DatabaseAway
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

    def still_works(self) -> bool:
        """Whether no test has killed it."""
        with suppress(DatabaseAway):
            self.command("SELECT 1")
            self.settle()
        return self.failure is None


@attrs.frozen
class LastingServer(PostgresServer):
    """Hands the idle sessions out again."""

    idle: list[LastingSession] = attrs.field(factory=list)

    def open(self, *, read_only: bool = False) -> PostgresSession:
        while self.idle:
            session = self.idle.pop()
            if session.still_works():
                return session
        opened = super().open(read_only=read_only)
        session = LastingSession(opened.database, self.compiler, opened.pipeline)
        session.idle = self.idle
        return session

    def let_go(self) -> None:
        """Close the idle sessions."""
        while self.idle:
            self.idle.pop().database.close()
