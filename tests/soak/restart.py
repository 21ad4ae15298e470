"""PostgreSQL stopped and started under load, while our servers run on."""

import asyncio
import random
from functools import partial
from pathlib import Path

from tests.soak.databases import Place, PostgresDatabase, PostgresPlace
from tests.soak.figures import Figures
from tests.soak.outages import PROMISES, live_through
from tests.soak.part import Part
from tests.soak.pool_watch import watch_pool
from tests.soak.servers import Servers
from tests.support.cluster import StopMode

TEXT = """\
PostgreSQL stopped, by `fast` or by `immediate` (a crash), and started again, while 16 writers write and
repeat whatever was answered 503. Recovery is the time from PostgreSQL taking connections to the next
order taken. `/healthz` and `/readyz` are asked all the time, and PostgreSQL's count of our connections
is held against the bound of the pool."""
_MOST_DOWN_SECONDS = 0.6


def restart(place: Place, rounds: int, seed: int, log: Path) -> Figures:
    """Stop PostgreSQL in good order or by a crash, start it, wait until orders come in again."""
    if not isinstance(place, PostgresPlace):
        raise TypeError(f"{place.kind} has no server to restart")
    figures = Figures("restart", place.kind, PROMISES)
    database = place.make("restart")
    restarting, watching = partial(_restart, database), partial(watch_pool, database)
    return live_through(figures, database, rounds, seed, log, restarting, watching)


async def _restart(database: PostgresDatabase, _: Servers, chance: random.Random) -> str:
    mode: StopMode = "immediate" if chance.random() < 0.5 else "fast"
    await asyncio.to_thread(database.cluster.stop, mode)
    await asyncio.sleep(chance.uniform(0.0, _MOST_DOWN_SECONDS))
    await asyncio.to_thread(database.cluster.start)
    return f"restarts ({mode})"


PART = Part("restart", TEXT, 20, restart, ("PostgreSQL",))
