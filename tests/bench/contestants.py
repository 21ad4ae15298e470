"""Who is measured: ours, the bare routes, and the baselines, each a server with one worker."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import attrs

from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import NewProduct
from core.use_cases.keys import CreateKey, create_key
from core.use_cases.products import create_product
from entrypoints.bootstrap import open_transactions
from entrypoints.settings import Settings
from tests.bench.databases import Storage
from tests.bench.scenarios import BARE, DRF, FASTAPI, OURS, POSTGRESQL, SKUS, SQLITE
from tests.support.processes import family
from tests.support.running_server import ROOT, RunningServer, child_environment, free_port

_BASELINES = "tests.bench.baselines"
_URL = "BENCH_DATABASE_URL"
_NEEDED: Final = ("fastapi", "sqlalchemy", "django", "rest_framework", "gunicorn")
_DRF_THREADS: Final = {SQLITE: 1, POSTGRESQL: 4}
_FASTAPI_SERVER = (
    f"uvicorn {_BASELINES}.fastapi_app.app:app --port {{port}} --loop uvloop --http httptools"
    " --no-access-log --log-level warning"
)
_DRF_SERVER = (
    f"gunicorn {_BASELINES}.django_app.wsgi:application --bind 127.0.0.1:{{port}} --worker-class gthread"
    " --workers 1 --threads {threads} --keep-alive 75 --log-level warning"
)


@attrs.define
class Contestant:
    """A server, and what it has answered so far; `log` is the table that has a row for each answer."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    key: str = ""
    database: str = ""
    log: str = ""
    answered: int = 0
    created: int = 0

    @classmethod
    def start(
        cls, name: str, command: Sequence[str], port: int, environment: Mapping[str, str]
    ) -> "Contestant":
        """Start the server and wait until it listens."""
        process = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=dict(environment))
        started = cls(name, process, port)
        wait_for(port, process)
        return started

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """The processor time of the server so far: all its processes, all their threads."""
        return sum(cpu_seconds(process) for process in family(self.process.pid))

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_ours(storage: Storage, folder: Path) -> Contestant:
    """`datamingle serve`, as it is; it logs a line for each request into the folder."""
    database = storage.create("ours")
    with closing(open_transactions(Settings(database))) as transactions:
        key = transactions.run(_stock)
    server = RunningServer.start(database, log=folder / "server.log")
    return Contestant(OURS, server.process, server.port, key, database, "integration_log")


def start_bare(folder: Path) -> Contestant:
    """Routes that answer with the bodies in the folder."""
    port = free_port()
    return Contestant.start(BARE, ["tests.bench.bare", str(port), str(folder)], port, child_environment(None))


def start_baselines(storage: Storage) -> Iterator[Contestant]:
    """The two that were written by hand."""
    yield _start_baseline(storage, FASTAPI, "fastapi_app", _FASTAPI_SERVER)
    yield _start_baseline(storage, DRF, "django_app", _DRF_SERVER)


def missing_packages() -> list[str]:
    """What the baselines need and is not installed."""
    return [name for name in _NEEDED if find_spec(name) is None]


def _start_baseline(storage: Storage, name: str, package: str, server: str) -> Contestant:
    database, key, port = storage.create(package), f"sk_live_{secrets.token_urlsafe(22)}", free_port()
    environment = child_environment(None, {_URL: database})
    stock = [sys.executable, "-m", f"{_BASELINES}.{package}.stock", key, *SKUS]
    subprocess.run(stock, cwd=ROOT, env=environment, check=True)
    command = server.format(port=port, threads=_DRF_THREADS[storage.name]).split()
    baseline = Contestant.start(name, command, port, environment)
    baseline.key, baseline.database, baseline.log = key, database, "audit_entries"
    return baseline


def _stock(work: UnitOfWork) -> str:
    for sku in SKUS:
        create_product(work, NewProduct(sku))
    return create_key(work, CreateKey("bench")).secret


def cpu_seconds(process: int) -> float:
    """The processor time a process has taken so far, all threads together; 0 where /proc does not tell."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when somebody listens on the port."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"a server ended with {process.returncode} before it listened")
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    raise TimeoutError(f"nobody listens on port {port}")
