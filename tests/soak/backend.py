"""kill -9 of a server's backend under load, while the front that answers lives on."""

import asyncio
import os
import random
import signal
import time
from pathlib import Path

from tests.soak.databases import Place
from tests.soak.figures import Figures
from tests.soak.outages import PROMISES, RECOVERY_SECONDS, live_through
from tests.soak.part import Part
from tests.soak.servers import Servers
from tests.support.processes import serving_children

TEXT = """\
kill -9 of the process that carries calls out, while the one that speaks HTTP lives on and replaces it, and
16 writers write and repeat whatever was answered 503. Recovery is the time from the start of the new one to
the next order taken. `/healthz` and `/readyz` are asked all the time."""


def backend(place: Place, rounds: int, seed: int, log: Path) -> Figures:
    """Kill the backend again and again, and judge what was kept."""
    figures = Figures("backend", place.kind, PROMISES)
    return live_through(figures, place.make("backend"), rounds, seed, log, _kill)


async def _kill(servers: Servers, _: random.Random) -> str:
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
