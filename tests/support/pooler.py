"""pgbouncer before the tests' PostgreSQL, lending its connections by the transaction."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import attrs
import psycopg
import pytest

from tests.support.running_server import free_port

_PATIENCE = 10.0
_SETTINGS = """
[databases]
* = host={host} port={port} user={user} {password}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listens}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 200
"""


def require_pooler() -> None:
    """Skip the test where there is no pgbouncer; fail where nothing may be skipped."""
    if _program() is None:
        problem = "no pgbouncer for tests: install Debian's package pgbouncer"
        pytest.fail(problem) if os.environ.get("CI") == "true" else pytest.skip(problem)


@attrs.define
class Pooler:
    """Fewer connections than its clients have, so that they change hands all the time."""

    database: str
    folder: Path
    connections: int = 3
    port: int = attrs.field(factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The database's URL through it, with what the README says to add."""
        parts = urlsplit(self.database)
        netloc = f"{parts.username or 'postgres'}@127.0.0.1:{self.port}"
        return urlunsplit(parts._replace(netloc=netloc, query="prepare_threshold=none&options="))

    def start(self) -> None:
        """Start it and wait until it lets somebody in; it refuses to run as root."""
        parts = urlsplit(self.database)
        settings = self.folder / "pgbouncer.ini"
        settings.write_text(
            _SETTINGS.format(
                host=parts.hostname or "127.0.0.1",
                port=parts.port or 5432,
                user=parts.username or "postgres",
                password=f"password={parts.password}" if parts.password else "",
                listens=self.port,
                connections=self.connections,
            )
        )
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        with (self.folder / "pgbouncer.log").open("ab") as log:
            command = [str(_program()), "-q", *user, str(settings)]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self._wait_until_it_answers()

    def kill(self) -> None:
        """End it at once, with every connection."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _wait_until_it_answers(self) -> None:
        ends = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.url.partition("?")[0], connect_timeout=2).close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > ends:
                    raise TimeoutError((self.folder / "pgbouncer.log").read_text()) from error
                time.sleep(0.05)


@contextmanager
def a_pooler(database: str, folder: Path) -> Iterator[Pooler]:
    """One that is there as long as the context."""
    pooler = Pooler(database, folder)
    pooler.start()
    try:
        yield pooler
    finally:
        pooler.kill()


@cache
def _program() -> str | None:
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
