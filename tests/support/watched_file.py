"""A database file whose statements a test can watch and disturb."""

from collections.abc import Callable

import apsw
import attrs

from adapters.persistence.database import DatabaseFile
from adapters.persistence.session import Session
from adapters.persistence.sqlite_session import SqliteSession


@attrs.frozen
class WatchedFile(DatabaseFile):
    """Tells every statement to the watcher before it runs; what the watcher raises is the driver's error."""

    watchers: list[Callable[[str], None]] = attrs.field(factory=list)
    sessions: list[Session] = attrs.field(factory=list)

    def open(self, *, create: bool = False, read_only: bool = False) -> SqliteSession:
        session = super().open(create=create, read_only=read_only)
        self.sessions.append(session)
        connection: apsw.Connection = session.database.connection()
        connection.exec_trace = self._tell
        return session

    def _tell(self, cursor: object, sql: str, bindings: object) -> bool:
        for watch in self.watchers:
            watch(sql)
        return True
