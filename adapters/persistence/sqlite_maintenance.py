"""A SQLite database looked after."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from adapters.persistence.checks import Check
from adapters.persistence.database import DatabaseFile
from adapters.persistence.locks import is_locked
from adapters.persistence.maintenance import Connected, Maintenance, Progress
from adapters.persistence.sqlite_backup import back_up
from adapters.persistence.sqlite_checks import check_file
from adapters.persistence.sqlite_connected import SqliteConnected
from adapters.persistence.sqlite_session import SqliteSession
from adapters.persistence.sqlite_url import existing_path, explaining, read_path, writable_path
from adapters.persistence.storage import migrate_file, server_lock
from core.ports.clock import Clock


class SqliteMaintenance(Maintenance):
    """A file that may be there."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._path: Path = read_path(url)
        self.place = f"the SQLite database {self._path}"

    def exists(self) -> bool:
        """Whether there is a file."""
        return self._path.exists()

    @contextmanager
    def reading(self) -> Iterator[Connected]:
        """A connection that changes nothing."""
        with self._inspected() as session:
            yield SqliteConnected(session, self.place)

    @contextmanager
    def filling(self) -> Iterator[Connected]:
        """A connection that may write."""
        with explaining(self._path):
            session = DatabaseFile(self._path).open()
        with closing(session):
            yield SqliteConnected(session, self.place)

    def migrate(self, clock: Clock) -> Sequence[str]:
        """Make the schema, or bring it up to date."""
        return migrate_file(writable_path(self._url), clock)

    def is_served(self) -> bool:
        """Whether a server holds its lock."""
        return is_locked(self._path)

    @contextmanager
    def reserved(self) -> Iterator[None]:
        """Hold the lock that a server needs."""
        with server_lock(self._url):
            yield

    def back_up(self, file: Path, progress: Progress) -> None:
        """Write everything to a new SQLite database."""
        with self._inspected() as session:
            back_up(session, file, progress)

    def check(self, clock: Clock, *, deep: bool) -> Iterator[Check]:
        """What is well and what is not."""
        return check_file(self._path, clock, deep=deep)

    @contextmanager
    def _inspected(self) -> Iterator[SqliteSession]:
        path = existing_path(self._url)
        with explaining(path):
            session = DatabaseFile(path).inspect()
        with closing(session):
            yield session
