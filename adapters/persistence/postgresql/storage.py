"""Storage on PostgreSQL by its URL."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import psycopg
from peewee import PeeweeException

from adapters.persistence.errors import DatabaseAway
from adapters.persistence.migrate import migrate
from adapters.persistence.postgresql.errors import is_broken
from adapters.persistence.postgresql.server import PostgresServer
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.postgresql.transactions import PostgresTransactions
from adapters.persistence.postgresql.url import PostgresUrl, read_url
from core.errors import BadSetting
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions


def open_postgresql(url: str, clock: Clock, ids: IdSource) -> Transactions:
    """The storage at the URL, its schema made or brought up to date first; BadSetting with what is right."""
    server = PostgresServer(read_url(url))
    migrate_server(server, clock)
    return PostgresTransactions(server, clock, ids)


def join_postgresql(url: str, clock: Clock, ids: IdSource) -> Transactions:
    """The same where another process has seen to the schema: nothing is asked of the database yet."""
    return PostgresTransactions(PostgresServer(read_url(url)), clock, ids)


def migrate_server(server: PostgresServer, clock: Clock) -> Sequence[str]:
    """Make the schema or bring it up to date; the steps that were applied."""
    with explaining(server.url), closing(server.open()) as session:
        _check_encoding(server.url, session)
        return migrate(session, clock)


def _check_encoding(url: PostgresUrl, session: PostgresSession) -> None:
    encoding = session.parameter("server_encoding")
    if encoding != "UTF8":
        raise BadSetting(f"{url.place} keeps texts in {encoding}: make it with ENCODING 'UTF8'")


@contextmanager
def explaining(url: PostgresUrl) -> Iterator[None]:
    """BadSetting where an operator can do something about it."""
    try:
        yield
    except (DatabaseAway, PeeweeException) as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, psycopg.errors.InsufficientPrivilege):
            raise BadSetting(
                f"{url.place} lets this user make no tables: grant CREATE on its schema"
            ) from error
        if isinstance(cause, psycopg.Error) and is_broken(cause):
            reason = " ".join(str(cause).split())
            raise BadSetting(f"{url.place} cannot be used: {reason}") from error
        raise
