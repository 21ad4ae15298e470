"""kill -9 of all processes under write load, again and again."""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.soak.databases import Database, Place
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.history import Sent
from tests.soak.judge import Terms, judge
from tests.soak.load import Load, names
from tests.soak.part import Part
from tests.soak.payloads import ORDERS, an_order
from tests.soak.preparation import prepare
from tests.soak.servers import Servers
from tests.soak.wire import Wire
from tests.soak.writers import Keys

TEXT = """\
kill -9 of every process of ours at a random moment, while 16 writers post orders, lists of orders,
refused orders, notes and stock. PostgreSQL is served by one server of two processes and by two servers,
in turn. After every kill, and at the end for all rounds together, the history checker holds what the
writers were answered against what is stored; then the database checks itself (SQLite `integrity_check`,
PostgreSQL `amcheck`)."""
PROMISES = (FaultKind.LOST, FaultKind.UNLOGGED, FaultKind.HALF_WRITTEN)
_TERMS = Terms(killed=True)
_CONTESTANTS = 48


def kill(place: Place, rounds: int, seed: int, log: Path) -> Figures:
    """Judge what was kept after every kill, and at the end all of it once more."""
    figures = Figures("kill", place.kind, PROMISES)
    database = place.make("kill")
    with database.open() as transactions:
        keys = transactions.run(lambda work: prepare(work, names(rounds)))
    history: list[Sent] = []
    for turn in range(rounds):
        history += _round(database, keys, turn, seed, log, figures)
    again = judge(history, database.stored(bodies=False), _TERMS)
    figures.faults += [fault for fault in again if fault not in figures.faults]
    for damage in database.damage():
        figures.blame(FaultKind.DAMAGED, damage)
    return figures


def _round(database: Database, keys: Keys, turn: int, seed: int, log: Path, figures: Figures) -> list[Sent]:
    since = datetime.now(UTC)
    with Servers.start(database, log, turn) as servers:
        statuses = asyncio.run(_race(servers, keys.plain, f"race-{turn}"))
        load = Load.on(servers, keys, turn, seed)
        asyncio.run(_load_and_kill(load, servers, random.Random(f"{seed}-{turn}")))
    if statuses != {201: 1, 400: _CONTESTANTS - 1}:
        figures.blame(FaultKind.REPEATED, f"one number, {_CONTESTANTS} at once: {dict(statuses)}")
    figures.faults += judge(load.history, database.stored(since), _TERMS)
    figures.counts["rounds"] += 1
    figures.count(load.history)
    return [_without_body(sent) for sent in load.history]


async def _load_and_kill(load: Load, servers: Servers, chance: random.Random) -> None:
    tasks = [asyncio.create_task(writer.write_until_cut()) for writer in load.writers]
    await asyncio.sleep(chance.uniform(0.2, 1.2))
    servers.kill()
    await asyncio.gather(*tasks)


async def _race(servers: Servers, key: str, number: str) -> Counter[int]:
    """The same order number from many connections at once."""
    wires = [await Wire.open(servers.port_of(client), key) for client in range(_CONTESTANTS)]
    answers = await asyncio.gather(
        *(wire.send("POST", ORDERS, an_order(number), f"{number}-{n}") for n, wire in enumerate(wires))
    )
    for wire in wires:
        wire.writer.close()
    return Counter(0 if answer is None else answer.status for answer in answers)


def _without_body(sent: Sent) -> Sent:
    """A soak of many rounds keeps no bodies that were judged."""
    sent.body = None
    return sent


PART = Part("kill", TEXT, 100, kill)
