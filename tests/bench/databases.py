"""A new database for each contestant, and how many rows of its log hold an answer."""

import os
from abc import abstractmethod
from contextlib import closing
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import apsw
import attrs
import psycopg

from tests.bench.scenarios import POSTGRESQL, SQLITE
from tests.support.postgres import SERVER

_COUNT = "SELECT count(response_body) FROM {}"
_DURABILITY = ("server_version", "fsync", "synchronous_commit")


class Storage(Protocol):
    """A kind of database, with one database per contestant."""

    name: str

    @abstractmethod
    def create(self, contestant: str) -> str:
        """The URL of a database without a table."""

    @abstractmethod
    def answers_kept(self, url: str, table: str) -> int:
        """How many rows of a log hold an answer."""

    @abstractmethod
    def describe(self) -> str:
        """What durability means here."""

    @abstractmethod
    def drop(self) -> None:
        """Remove what was created."""


@attrs.define
class SqliteStorage(Storage):
    """Files in a folder, which goes with them."""

    folder: Path
    name: str = SQLITE

    def create(self, contestant: str) -> str:
        return f"sqlite:///{self.folder / contestant}.db"

    def answers_kept(self, url: str, table: str) -> int:
        with closing(apsw.Connection(url.removeprefix("sqlite:///"))) as connection:
            return int(connection.execute(_COUNT.format(table)).get)

    def describe(self) -> str:
        return "WAL, `synchronous=FULL`"

    def drop(self) -> None:
        """The folder is not ours."""


@attrs.define
class PostgresStorage(Storage):
    """Databases of a server, with the server's own settings."""

    name: str = POSTGRESQL
    server: str = SERVER
    created: list[str] = attrs.field(factory=list)

    def create(self, contestant: str) -> str:
        database = f"datamingle_bench_{os.getpid()}_{contestant}".lower()
        self._command(f'CREATE DATABASE "{database}"')
        self.created.append(database)
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{database}"))

    def answers_kept(self, url: str, table: str) -> int:
        with psycopg.connect(url) as connection:
            ((count,),) = connection.execute(_COUNT.format(table).encode())
        return int(count)

    def describe(self) -> str:
        with psycopg.connect(self.server, connect_timeout=3) as connection:
            found = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in _DURABILITY]
        version, fsync, commit = (row[0] for row in found if row is not None)
        return f"version {version}, `fsync={fsync}`, `synchronous_commit={commit}`"

    def drop(self) -> None:
        for database in self.created:
            self._command(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _command(self, sql: str) -> None:
        with psycopg.connect(self.server, autocommit=True, connect_timeout=3) as connection:
            connection.execute(sql.encode())
