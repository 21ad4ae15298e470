"""A PostgreSQL server of its own: durable, on a free port, to be stopped and started at will."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final, Literal

import attrs
import psycopg

from tests.support.running_server import free_port

StopMode = Literal["fast", "immediate"]
_USER: Final = "postgres"
_PATIENCE = 60
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
fsync = on
synchronous_commit = on
full_page_writes = on
"""


class NoPostgres(Exception):
    """PostgreSQL's own programs are not here, or cannot be run."""


@attrs.define
class Cluster:
    """`initdb` and `pg_ctl` in a folder of their own; root hands them to the user `postgres`."""

    programs: Path
    folder: Path
    port: int
    user: str | None

    @classmethod
    def make(cls) -> "Cluster":
        """A new cluster, started; NoPostgres with what is missing."""
        programs, user = find_programs(), _unprivileged_user()
        folder = Path(tempfile.mkdtemp(prefix="datamingle-cluster-"))
        cluster = cls(programs, folder, free_port(), user)
        if user is not None:
            shutil.chown(folder, user)
        cluster._run(
            "initdb", "-D", str(cluster._files), "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C"
        )
        with (cluster._files / "postgresql.conf").open("a") as settings:
            settings.write(f"{_SETTINGS}port = {cluster.port}\n")
        cluster.start()
        return cluster

    def url(self, database: str = "postgres") -> str:
        """Where a database of this cluster is."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def make_database(self, name: str) -> str:
        """The URL of a new, empty database."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)

    def version(self) -> str:
        """As it tells it: `PostgreSQL 15.18`."""
        with psycopg.connect(self.url()) as connection:
            ((version,),) = connection.execute("SELECT split_part(version(), ' on ', 1)").fetchall()
            return str(version)

    def start(self) -> None:
        """Start, and return when it takes connections."""
        self._control("start", "-l", str(self.folder / "log"), "-t", str(_PATIENCE))

    def stop(self, mode: StopMode = "fast") -> None:
        """Stop: `fast` breaks every connection in good order, `immediate` is a crash."""
        self._control("stop", "-m", mode, "-t", str(_PATIENCE))

    def close(self) -> None:
        """Stop and forget it."""
        if (self._files / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _files(self) -> Path:
        return self.folder / "data"

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self._files), "-w", *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        """Its output goes to a file: a server that it starts would keep a pipe open."""
        said = self.folder / "said"
        with said.open("wb") as stream:
            ended = subprocess.run(
                [self.programs / program, *arguments],
                stdout=stream,
                stderr=stream,
                cwd=self.folder,
                user=self.user,
                group=self.user,
                extra_groups=None if self.user is None else [],
                timeout=_PATIENCE * 2,
                check=False,
            )
        if ended.returncode:
            raise NoPostgres(f"{program} {arguments[0]}: {said.read_text('utf-8', 'replace').strip()}")


def find_programs() -> Path:
    """The folder with PostgreSQL's programs; Debian keeps them off the path."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found is None and not debian:
        raise NoPostgres(
            "initdb and pg_ctl are not here: install PostgreSQL's server (on Debian the package postgresql), "
            "or put the folder of its programs on PATH"
        )
    return (Path(found) if found is not None else debian[-1]).parent


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root; None where we are not."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(_USER)
    except KeyError as error:
        raise NoPostgres(
            f"PostgreSQL does not run as root, and there is no user {_USER} to run it"
        ) from error
    return _USER
