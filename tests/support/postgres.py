"""PostgreSQL for tests: a database of its own for each process that runs them."""

import atexit
import os
from functools import cache
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from adapters.persistence.postgresql.transactions import PostgresTransactions
from adapters.persistence.postgresql.url import read_url
from adapters.persistence.storage import open_storage
from adapters.persistence.tables import TABLES
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.lasting_server import LastingServer

SERVER = os.environ.get("DATAMINGLE_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
_EMPTYING = "; ".join(f"DELETE FROM {table._meta.table_name}" for table in reversed(TABLES))


def insist_on_postgres() -> None:
    """UsageError where nothing may be skipped and there is no PostgreSQL."""
    if os.environ.get("CI") == "true" and (problem := _problem()):
        raise pytest.UsageError(problem)


def require_postgres() -> None:
    """Skip the test where there is no PostgreSQL."""
    if problem := _problem():
        pytest.skip(problem)


def an_empty_storage(clock: Clock, ids: IdSource) -> PostgresTransactions:
    """Storage without a row, on connections that outlast it."""
    an_empty_database()
    return PostgresTransactions(_lasting_server(), clock, ids)


def an_empty_database() -> str:
    """The URL of this process's database, migrated and without a row."""
    session = _lasting_server().open()
    session.database.connection().execute(_EMPTYING, prepare=False)
    session.close()
    return the_lasting_database()


def a_new_database(name: str, options: str = "") -> str:
    """The URL of a database without a table, which goes with this process."""
    name = f"datamingle_test_{os.getpid()}_{name}"
    _command(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _command(f'CREATE DATABASE "{name}" {options}')
    _command(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    atexit.register(_command, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


@cache
def the_lasting_database() -> str:
    """The same URL, whatever is in it."""
    url = a_new_database("shared")
    open_storage(url, SettableClock(), CountingIds()).close()
    return url


@cache
def _lasting_server() -> LastingServer:
    server = LastingServer(read_url(f"{the_lasting_database()}?connections=3"))
    atexit.register(server.let_go)
    return server


@cache
def _problem() -> str | None:
    try:
        _command("SELECT 1")
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())
        return f"no PostgreSQL for tests: start one, or set DATAMINGLE_TEST_POSTGRES_URL ({reason})"
    return None


def _command(sql: str) -> None:
    with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as connection:
        connection.execute(sql.encode())
