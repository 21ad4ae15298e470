"""Outages under load, one after the other, while the servers that answer live on."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Coroutine

import attrs

from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.health import watch_health
from tests.soak.load import Load
from tests.soak.servers import Servers

RECOVERY_SECONDS = 10.0


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
