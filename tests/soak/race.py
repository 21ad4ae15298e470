"""Two processes race for the same order numbers: each is taken exactly once."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import attrs

from tests.soak.databases import Database, Place
from tests.soak.faults import Fault, FaultKind
from tests.soak.figures import Figures
from tests.soak.history import Sent, carry_out
from tests.soak.judge import Terms, judge
from tests.soak.part import Part
from tests.soak.payloads import ORDERS, an_order
from tests.soak.preparation import prepare
from tests.soak.servers import Servers
from tests.soak.wire import Wire
from tests.support.running_server import RunningServer

TEXT = """\
Two server processes are sent the same order numbers at the same time. On SQLite both write to one file,
without the lock that keeps a second server off it."""
PROMISES = (FaultKind.REPEATED, FaultKind.LOST, FaultKind.UNLOGGED, FaultKind.HALF_WRITTEN)
_LANES = 8
_LINES = 2
_UNLOCKED = (sys.executable, "-m", "tests.soak.unlocked")
_PAUSE = 0.05


def race(place: Place, numbers: int, seed: int, log: Path) -> Figures:
    """Both processes are sent every number at the same time; on SQLite they go past the file's lock."""
    figures = Figures("race", place.kind, PROMISES)
    database = place.make("race")
    with database.open() as transactions:
        keys = transactions.run(lambda work: prepare(work, ()))
    with _two_servers(database, log) as servers:
        racing = _Race(servers, keys.plain, random.Random(seed))
        history = asyncio.run(racing.run([f"race-{number}" for number in range(numbers)]))
    figures.counts["order numbers"] = numbers
    figures.counts["answered 201"] = sum(sent.status == 201 for sent in history)
    figures.counts["answered 400"] = sum(sent.status == 400 for sent in history)
    figures.count(history)
    figures.faults += [*judge_race(history), *judge(history, database.stored(bodies=False), Terms())]
    return figures


def judge_race(history: Sequence[Sent]) -> Iterator[Fault]:
    """Of those that were sent a number exactly one was told that it made the order."""
    made = Counter(number for sent in history for number in sent.numbers if sent.status == 201)
    for number in dict.fromkeys(number for sent in history for number in sent.numbers):
        if made[number] > 1:
            yield Fault(FaultKind.REPEATED, f"order {number} was made {made[number]} times")
        elif not made[number]:
            yield Fault(FaultKind.LOST, f"nobody was told that it made order {number}")


def _two_servers(database: Database, log: Path) -> Servers:
    if len(database.layouts) > 1:
        return Servers.start(database, log, turn=1)
    servers = Servers(
        [RunningServer.launch(database.url, log=log, command=_UNLOCKED) for _ in range(2)], processes=2
    )
    return servers.ready()


@attrs.frozen
class _Race:
    """Some lanes, in each of which a connection to each server is given the same number at once."""

    servers: Servers
    key: str
    chance: random.Random

    async def run(self, numbers: Sequence[str]) -> list[Sent]:
        history: list[Sent] = []
        waiting = iter(numbers)
        await asyncio.gather(*(self._lane(waiting, history) for _ in range(_LANES)))
        return history

    async def _lane(self, numbers: Iterator[str], history: list[Sent]) -> None:
        async with AsyncExitStack() as stack:
            wires = [
                await stack.enter_async_context(await Wire.open(server.port, self.key))
                for server in self.servers.running
            ]
            for number in numbers:
                order = self.chance.sample(range(len(wires)), len(wires))
                await asyncio.gather(*(_take(wires[side], side, number, history) for side in order))


async def _take(wire: Wire, side: int, number: str, history: list[Sent]) -> None:
    """Send the number until the answer tells what became of it."""
    for attempt in range(100):
        sent = Sent("order", f"{number}-{side}-{attempt}", (number,), lines=_LINES, again=True)
        history.append(sent)
        await carry_out(wire, sent, "POST", ORDERS, an_order(number, lines=_LINES))
        if sent.certain:
            return
        await asyncio.sleep(_PAUSE)


PART = Part("race", TEXT, 10_000, race)
