"""A PostgreSQL database that a test can watch and disturb."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from adapters.persistence.postgresql.transactions import PostgresTransactions
from adapters.persistence.postgresql.url import read_url
from tests.support.clock import SettableClock
from tests.support.disturbed_server import DisturbedServer
from tests.support.ids import CountingIds
from tests.support.postgres import an_empty_database, require_postgres
from tests.support.proxy import Proxy


@pytest.fixture
def url() -> str:
    """A database with its tables and without a row."""
    require_postgres()
    return an_empty_database()


@pytest.fixture
def server(url: str) -> DisturbedServer:
    return DisturbedServer(read_url(f"{url}?connections=3"))


@pytest.fixture
def postgresql(
    server: DisturbedServer, clock: SettableClock, ids: CountingIds
) -> Iterator[PostgresTransactions]:
    transactions = PostgresTransactions(server, clock, ids)
    yield transactions
    transactions.close()


@pytest.fixture
def operator(url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection beside the program's."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def proxy(url: str) -> Iterator[Proxy]:
    """A way to the database that can be watched, cut and silenced."""
    server = urlsplit(url)
    proxy = Proxy(server.hostname or "127.0.0.1", server.port or 5432)
    yield proxy
    proxy.close()


@pytest.fixture
def url_through(url: str, proxy: Proxy) -> Callable[[str], str]:
    """The database's URL by that way, with a query."""
    parts = urlsplit(url)
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    way = parts._replace(netloc=f"{user}127.0.0.1:{proxy.port}")
    return lambda query: urlunsplit(way._replace(query=f"sslmode=disable&{query}"))
