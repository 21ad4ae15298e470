"""The HTTP application over a core that does as it is told."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
import structlog
import uvicorn
from structlog.testing import LogCapture

from adapters.http.app import create_app
from adapters.http.connection_limits import ConnectionLimits
from adapters.http.exchange import Exchange
from adapters.http.server import GRACE_SECONDS, server_config
from adapters.memory.transactions import MemoryTransactions
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from core.ports.unit_of_work import Transactions
from tests.adapters.http.serving import Served
from tests.adapters.http.speaking import FixedChangelog, ScriptedCore, Site, real_site
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.waiting import wait_until


@pytest.fixture
def core() -> ScriptedCore:
    """A core that answers `{"ok": true}` unless told otherwise."""
    return ScriptedCore()


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """An event loop for one test."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def site(core: ScriptedCore, runner: asyncio.Runner) -> Site:
    """The application over the scripted core and storage in memory."""
    clock, ids, log = SystemClock(), SystemIds(), LogCapture()
    transactions = MemoryTransactions(clock, ids)
    logger = structlog.wrap_logger(None, processors=[log])
    app = create_app(
        exchange=Exchange(transactions, core, logger),
        clock=clock,
        ids=ids,
        changelog=FixedChangelog(),
        logger=logger,
    )
    return Site(app, core, transactions, log, runner)


@pytest.fixture
def whole(transactions: Transactions, clock: SettableClock, ids: CountingIds, runner: asyncio.Runner) -> Site:
    """The application over the real core, on every storage."""
    return real_site(transactions, clock, ids, runner)


@pytest.fixture
def served(site: Site) -> Iterator[Served]:
    """A server on a free port."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = server_config(site.app, "127.0.0.1", 0, ConnectionLimits())
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    served = Served(site, server, config.watch, listening.getsockname()[1])
    yield served
    for wire in served.wires:
        wire.close()
    server.should_exit = True
    thread.join(GRACE_SECONDS + 5)
    listening.close()
