"""`datamingle demo`: a database made afresh, filled, and served on the next free port."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from adapters.http.server import serve_app
from adapters.persistence.storage import server_lock
from adapters.system.clock import SystemClock
from core.errors import BadSetting
from entrypoints.backend import create_front
from entrypoints.bootstrap import open_services, open_transactions
from entrypoints.demo.fill import PastClock, Secrets, fill, is_demo
from entrypoints.demo.screen import screen
from entrypoints.log_setup import configure_logging
from entrypoints.serve import granted_limits, listening_problem
from entrypoints.settings import Settings

HOST = "127.0.0.1"
_USUAL_PORT = 8000
_PORTS_TRIED = 100
_SQLITE = "sqlite:///"


def run_demo(port: int, tell: Callable[[str], None], database_url: str | None = None) -> None:
    """Make, fill and serve the demo, and tell what to try."""
    port = next_free_port(port)
    settings = Settings(database_url or f"sqlite:///{_file_name(port)}")
    path = _path(settings.database_url)
    configure_logging(level=logging.WARNING)
    with server_lock(settings.database_url):
        secrets = make_demo(settings, path)
        app = create_front(settings, logging.WARNING)
        tell(screen(f"http://{HOST}:{port}", settings.database_url, secrets))
        serve_app(app, HOST, port, granted_limits(settings.limits))


def make_demo(settings: Settings, path: Path) -> Secrets:
    """An earlier demo's database goes, a new one is filled."""
    _remove_demo(settings, path)
    clock = PastClock(SystemClock())
    services = open_services(settings, clock=clock)
    with closing(services.transactions):
        return asyncio.run(fill(services, clock))


def next_free_port(port: int) -> int:
    """The port, or the first after it that is free."""
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        if listening_problem(HOST, candidate) is None:
            return candidate
    raise BadSetting(f"no port from {port} on is free; choose another with --port")


def _path(database_url: str) -> Path:
    if not database_url.startswith(_SQLITE):
        raise BadSetting(f"the demo keeps its database in a SQLite file: write {_SQLITE}FILE")
    return Path(database_url.removeprefix(_SQLITE))


def _file_name(port: int) -> str:
    """One database for each port, so that two demos do not meet."""
    return "datamingle-demo.db" if port == _USUAL_PORT else f"datamingle-demo-{port}.db"


def _remove_demo(settings: Settings, path: Path) -> None:
    if not path.exists():
        return
    with closing(open_transactions(settings)) as transactions:
        if not is_demo(transactions):
            raise BadSetting(f"{path} is no database of the demo; move it away, or start the demo elsewhere")
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
