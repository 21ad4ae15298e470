"""A PostgreSQL database looked after."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import attrs
import psycopg

from adapters.persistence.checks import Check, failed, ok
from adapters.persistence.maintenance import Connected, Maintenance, Progress
from adapters.persistence.postgresql.backup import back_up
from adapters.persistence.postgresql.checks import PostgresChecks
from adapters.persistence.postgresql.connected import PostgresConnected
from adapters.persistence.postgresql.server import PostgresServer
from adapters.persistence.postgresql.storage import explaining, migrate_server
from adapters.persistence.postgresql.url import BEHAVIOUR, PostgresUrl, read_url
from core.errors import BadSetting, ServiceUnavailable
from core.ports.clock import Clock

_SLOW_ACKNOWLEDGEMENT = {"tcp_user_timeout": "0"}
"""A server that writes out what it was sent may take nothing more for a while."""
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = %s AND pid <> pg_backend_pid()
"""


class PostgresMaintenance(Maintenance):
    """A database on a server that may answer."""

    def __init__(self, url: str) -> None:
        read = read_url(url)
        self._url: PostgresUrl = attrs.evolve(read, parameters={**read.parameters, **_SLOW_ACKNOWLEDGEMENT})
        self.place = read.place

    def exists(self) -> bool:
        """A database is made by other means."""
        return True

    @contextmanager
    def reading(self) -> Iterator[Connected]:
        """A connection that changes nothing."""
        with self._connected() as connected:
            yield connected

    @contextmanager
    def filling(self) -> Iterator[Connected]:
        """A connection that may write."""
        with self._connected() as connected:
            yield connected

    def migrate(self, clock: Clock) -> Sequence[str]:
        """Make the schema, or bring it up to date."""
        return migrate_server(PostgresServer(self._url), clock)

    def is_served(self) -> bool:
        """Whether other connections of Datamingle's are open, as far as this user may know."""
        name = self._url.parameters.get("application_name", BEHAVIOUR["application_name"])
        with self._connected() as connected:
            row = connected.connection.execute(_OTHERS.encode(), [name]).fetchone()
        return row is not None and row[0] > 0

    @contextmanager
    def reserved(self) -> Iterator[None]:
        """Servers cannot be kept off; the tables are locked instead while they are filled."""
        yield

    def back_up(self, file: Path, progress: Progress) -> None:
        """Have pg_dump write everything to a new file; it does not tell how far it is."""
        back_up(self._url, file)

    def check(self, clock: Clock, *, deep: bool) -> Iterator[Check]:
        """What is well and what is not."""
        library = psycopg.pq.version_pretty(psycopg.pq.version())
        yield ok("driver", f"psycopg {psycopg.__version__} on libpq {library}")
        try:
            with self._connected() as connected:
                yield from PostgresChecks(connected, clock).run(deep=deep)
        except (BadSetting, ServiceUnavailable) as error:
            yield failed("database", error.message)

    @contextmanager
    def _connected(self) -> Iterator[PostgresConnected]:
        with explaining(self._url):
            session = PostgresServer(self._url).open()
        with closing(session):
            yield PostgresConnected(session, self.place)
