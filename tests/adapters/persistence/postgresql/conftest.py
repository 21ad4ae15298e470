"""A PostgreSQL database that a test can watch and disturb."""

from collections.abc import Iterator

import psycopg
import pytest

from adapters.persistence.postgresql.transactions import PostgresTransactions
from adapters.persistence.postgresql.url import read_url
from tests.support.clock import SettableClock
from tests.support.disturbed_server import DisturbedServer
from tests.support.ids import CountingIds
from tests.support.postgres import an_empty_database, require_postgres


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
