"""kill -9 of a server's backend under load, while the front that answers lives on."""

import asyncio
import os
import random
import signal
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.soak.databases import Place
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.judge import Terms, judge
from tests.soak.load import Load, names
from tests.soak.outages import RECOVERY_SECONDS, Outages
from tests.soak.part import Part
from tests.soak.preparation import prepare
from tests.soak.servers import Servers
from tests.support.processes import serving_children

TEXT = """\
kill -9 of the process that carries calls out, while the one that speaks HTTP lives on and replaces it, and
16 writers write and repeat whatever was answered 503. Recovery is the time from the start of the new one to
the next order taken. `/healthz` and `/readyz` are asked all the time."""
PROMISES = (FaultKind.LOST, FaultKind.UNLOGGED, FaultKind.HALF_WRITTEN, FaultKind.CUT, FaultKind.NOT_UP)
_TERMS = Terms(longest=20.0)


def backend(place: Place, rounds: int, seed: int, log: Path) -> Figures:
    """Kill the backend again and again, and judge what was kept."""
    figures = Figures("backend", place.kind, PROMISES)
    database = place.make("backend")
    with database.open() as transactions:
        keys = transactions.run(lambda work: prepare(work, names(1)))
    since = datetime.now(UTC)
    with Servers.start(database, log) as servers:
        load = Load.on(servers, keys, 0, seed)
        outages = Outages(servers, load, figures, random.Random(f"{seed}"), partial(_kill, servers))
        asyncio.run(outages.run(rounds))
    figures.count(load.history)
    figures.faults += judge(load.history, database.stored(since), _TERMS)
    for damage in database.damage():
        figures.blame(FaultKind.DAMAGED, damage)
    return figures


async def _kill(servers: Servers) -> str:
    """Kill, and wait for the successor: what was answered before is still on its way to the writers."""
    for server in servers.running:
        killed = set(serving_children(server.process.pid))
        for process in killed:
            os.kill(process, signal.SIGKILL)
        ends = time.monotonic() + RECOVERY_SECONDS
        while not set(serving_children(server.process.pid)) - killed and time.monotonic() < ends:
            await asyncio.sleep(0.01)
    return "kills"


PART = Part("backend", TEXT, 20, backend, ("SQLite",))
