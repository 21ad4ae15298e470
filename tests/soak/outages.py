"""Outages under load, one after the other, while the servers that answer live on."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import attrs

from tests.soak.databases import Database
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.health import watch_health
from tests.soak.judge import Terms, judge
from tests.soak.load import Load, names
from tests.soak.preparation import prepare
from tests.soak.servers import Servers

RECOVERY_SECONDS = 10.0
PROMISES = (FaultKind.LOST, FaultKind.UNLOGGED, FaultKind.HALF_WRITTEN, FaultKind.CUT, FaultKind.NOT_UP)
_TERMS = Terms(longest=20.0)
Disturb = Callable[[Servers, random.Random], Awaitable[str]]
Watch = Callable[[Servers, Figures, asyncio.Event], Coroutine[None, None, None]]


def live_through(
    figures: Figures,
    database: Database,
    rounds: int,
    seed: int,
    log: Path,
    disturb: Disturb,
    *watchers: Watch,
) -> Figures:
    """Serve and load the database, disturb that so many times, and judge what was kept."""
    with database.open() as transactions:
        keys = transactions.run(lambda work: prepare(work, names(1)))
    since, chance = datetime.now(UTC), random.Random(f"{seed}")
    with Servers.start(database, log) as servers:
        load = Load.on(servers, keys, 0, seed)
        outages = Outages(servers, load, figures, chance, partial(disturb, servers, chance))
        asyncio.run(outages.run(rounds, *(partial(watch, servers, figures) for watch in watchers)))
    figures.count(load.history)
    figures.faults += judge(load.history, database.stored(since), _TERMS)
    for damage in database.damage():
        figures.blame(FaultKind.DAMAGED, damage)
    return figures


@attrs.frozen
class Outages:
    """One load over all of them; the writers repeat what has an unknown outcome.

    `disturb` makes an outage and ends it, and tells what to count it as.
    """

    servers: Servers
    load: Load
    figures: Figures
    chance: random.Random
    disturb: Callable[[], Awaitable[str]]

    async def run(
        self, rounds: int, *watchers: Callable[[asyncio.Event], Coroutine[None, None, None]]
    ) -> None:
        """So many outages; health is asked all the time, and the watchers look until all is over."""
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for writer in self.load.writers:
                group.create_task(writer.write_through(ended))
            for server in self.servers.running:
                group.create_task(watch_health(server.port, self.figures, ended))
            for watch in watchers:
                group.create_task(watch(ended))
            for _ in range(rounds):
                await asyncio.sleep(self.chance.uniform(0.3, 1.0))
                await self._outage()
            await asyncio.sleep(1)
            ended.set()

    async def _outage(self) -> None:
        kind = await self.disturb()
        began = time.monotonic()
        before = self._acknowledged()
        while self._acknowledged() == before and time.monotonic() - began < RECOVERY_SECONDS:
            await asyncio.sleep(0.01)
        self.figures.counts[kind] += 1
        self.figures.note("longest recovery s", time.monotonic() - began)
        if self._acknowledged() == before:
            told = f"no order was taken {RECOVERY_SECONDS:.0f} s after the end of an outage"
            self.figures.blame(FaultKind.NOT_UP, told)

    def _acknowledged(self) -> int:
        return sum(len(writer.orders) for writer in self.load.writers)
