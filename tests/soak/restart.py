"""PostgreSQL stopped and started under load, while our servers run on."""

import asyncio
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import attrs

from tests.soak.databases import Place, PostgresDatabase, PostgresPlace
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.health import watch_health
from tests.soak.judge import Terms, judge
from tests.soak.load import Load, names
from tests.soak.part import Part
from tests.soak.pool_watch import watch_pool
from tests.soak.preparation import prepare
from tests.soak.servers import Servers
from tests.support.cluster import StopMode

TEXT = """\
PostgreSQL stopped, by `fast` or by `immediate` (a crash), and started again, while 16 writers write and
repeat whatever was answered 503. Recovery is the time from PostgreSQL taking connections to the next
order taken. `/healthz` and `/readyz` are asked all the time, and PostgreSQL's count of our connections
is held against the bound of the pool."""
PROMISES = (FaultKind.LOST, FaultKind.UNLOGGED, FaultKind.HALF_WRITTEN, FaultKind.CUT, FaultKind.NOT_UP)
_TERMS = Terms(longest=20.0)
_MOST_DOWN_SECONDS = 0.6
_RECOVERY_SECONDS = 10.0


def restart(place: Place, rounds: int, seed: int, log: Path) -> Figures:
    """Stop PostgreSQL in good order or by a crash, start it, wait until orders come in again."""
    if not isinstance(place, PostgresPlace):
        raise TypeError(f"{place.kind} has no server to restart")
    figures = Figures("restart", place.kind, PROMISES)
    database = place.make("restart")
    with database.open() as transactions:
        keys = transactions.run(lambda work: prepare(work, names(1)))
    since = datetime.now(UTC)
    with Servers.start(database, log) as servers:
        load = Load.on(servers, keys, 0, seed)
        asyncio.run(_Restarts(database, servers, load, figures, random.Random(f"{seed}")).run(rounds))
    figures.count(load.history)
    figures.faults += judge(load.history, database.stored(since), _TERMS)
    for damage in database.damage():
        figures.blame(FaultKind.DAMAGED, damage)
    return figures


@attrs.frozen
class _Restarts:
    """One load over all restarts; the writers repeat what has an unknown outcome."""

    database: PostgresDatabase
    servers: Servers
    load: Load
    figures: Figures
    chance: random.Random

    async def run(self, rounds: int) -> None:
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for writer in self.load.writers:
                group.create_task(writer.write_through(ended))
            for server in self.servers.running:
                group.create_task(watch_health(server.port, self.figures, ended))
            group.create_task(watch_pool(self.database, self.servers, self.figures, ended))
            for _ in range(rounds):
                await asyncio.sleep(self.chance.uniform(0.3, 1.0))
                await self._restart()
            await asyncio.sleep(1)
            ended.set()

    async def _restart(self) -> None:
        mode: StopMode = "immediate" if self.chance.random() < 0.5 else "fast"
        await asyncio.to_thread(self.database.cluster.stop, mode)
        await asyncio.sleep(self.chance.uniform(0.0, _MOST_DOWN_SECONDS))
        await asyncio.to_thread(self.database.cluster.start)
        began = time.monotonic()
        before = self._acknowledged()
        while self._acknowledged() == before and time.monotonic() - began < _RECOVERY_SECONDS:
            await asyncio.sleep(0.01)
        self.figures.counts[f"restarts ({mode})"] += 1
        self.figures.note("longest recovery s", time.monotonic() - began)
        if self._acknowledged() == before:
            told = f"no order was taken {_RECOVERY_SECONDS:.0f} s after PostgreSQL was back"
            self.figures.blame(FaultKind.NOT_UP, told)

    def _acknowledged(self) -> int:
        return sum(len(writer.orders) for writer in self.load.writers)


PART = Part("restart", TEXT, 20, restart, ("PostgreSQL",))
