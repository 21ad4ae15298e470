"""PostgreSQL stopped and started under load, while our servers run on."""

import asyncio
import random
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.soak.databases import Place, PostgresDatabase, PostgresPlace
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.judge import Terms, judge
from tests.soak.load import Load, names
from tests.soak.outages import Outages
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
        load, chance = Load.on(servers, keys, 0, seed), random.Random(f"{seed}")
        outages = Outages(servers, load, figures, chance, partial(_restart, database, chance))
        asyncio.run(outages.run(rounds, partial(watch_pool, database, servers, figures)))
    figures.count(load.history)
    figures.faults += judge(load.history, database.stored(since), _TERMS)
    for damage in database.damage():
        figures.blame(FaultKind.DAMAGED, damage)
    return figures


async def _restart(database: PostgresDatabase, chance: random.Random) -> str:
    mode: StopMode = "immediate" if chance.random() < 0.5 else "fast"
    await asyncio.to_thread(database.cluster.stop, mode)
    await asyncio.sleep(chance.uniform(0.0, _MOST_DOWN_SECONDS))
    await asyncio.to_thread(database.cluster.start)
    return f"restarts ({mode})"


PART = Part("restart", TEXT, 20, restart, ("PostgreSQL",))
