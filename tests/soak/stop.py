"""SIGTERM under load: what is under way is finished, nothing else is begun, and the end comes soon."""

import asyncio
import random
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests.soak.databases import Place
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.judge import Terms, judge
from tests.soak.load import Load, names
from tests.soak.part import Part
from tests.soak.preparation import prepare
from tests.soak.servers import Servers

TEXT = """\
SIGTERM under load: no request that was carried out stays without its answer, and every process has
ended within 10 s."""
PROMISES = (FaultKind.UNANSWERED, FaultKind.LOST, FaultKind.UNLOGGED, FaultKind.HALF_WRITTEN)
_TERMS = Terms(orderly=True)
_LONGEST_SECONDS = 10.0


def stop(place: Place, rounds: int, seed: int, log: Path) -> Figures:
    """Judge after every stop: what has an entry in the log was answered."""
    figures = Figures("stop", place.kind, PROMISES)
    database = place.make("stop")
    with database.open() as transactions:
        keys = transactions.run(lambda work: prepare(work, names(rounds)))
    for turn in range(rounds):
        since = datetime.now(UTC)
        with Servers.start(database, log, turn) as servers:
            load = Load.on(servers, keys, turn, seed)
            asyncio.run(_load_and_stop(load, servers, random.Random(f"{seed}-{turn}"), figures))
        figures.faults += judge(load.history, database.stored(since), _TERMS)
        figures.counts["rounds"] += 1
        figures.count(load.history)
    return figures


async def _load_and_stop(load: Load, servers: Servers, chance: random.Random, figures: Figures) -> None:
    tasks = [asyncio.create_task(writer.write_until_cut()) for writer in load.writers]
    await asyncio.sleep(chance.uniform(0.2, 1.2))
    servers.terminate()
    try:
        figures.note("longest end s", await asyncio.to_thread(servers.wait, _LONGEST_SECONDS))
    except subprocess.TimeoutExpired:
        figures.blame(FaultKind.NOT_UP, f"a server has not ended after {_LONGEST_SECONDS:.0f} s")
        servers.kill()
    await asyncio.gather(*tasks)


PART = Part("stop", TEXT, 20, stop)
