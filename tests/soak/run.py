"""`just soak`: kill the server under write load, again and again, and judge what was kept."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import apsw
import attrs

from core.entities.resource import Resource
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import NewLocation, NewProduct
from core.use_cases.keys import CreateKey, create_key
from core.use_cases.locations import create_location
from core.use_cases.mappings import SaveMapping, save_mapping
from core.use_cases.partners import CreatePartner, create_partner
from core.use_cases.products import create_product
from entrypoints.bootstrap import open_templates, open_transactions
from entrypoints.settings import Settings
from tests.soak.history import Sent
from tests.soak.judge import Stored, judge
from tests.soak.writers import LOCATION, SKUS, Keys, Writer, race
from tests.support.running_server import RunningServer

_WRITERS = 16
_CONTESTANTS = 48
_BATCHES = {"format": "datamingle.mapping/1", "resource": "orders", "record": "orders[]", "rules": []}


@attrs.define
class Figures:
    """What was done and what came of it."""

    rounds: int = 0
    sent: int = 0
    acknowledged: int = 0
    answered: int = 0
    cut_off: int = 0
    races: int = 0
    faults: list[str] = attrs.field(factory=list)


def prepare(work: UnitOfWork, rounds: int) -> Keys:
    """Products, the writers' SKUs, a location, a partner that sends lists, and two keys."""
    for sku in (*SKUS, *(_name(number, writer) for number in range(rounds) for writer in range(_WRITERS))):
        create_product(work, NewProduct(sku))
    create_location(work, NewLocation(LOCATION))
    create_partner(work, open_templates(Settings()), CreatePartner("batches"))
    save_mapping(work, SaveMapping("batches", Resource.ORDERS, dict(_BATCHES), author="soak"))
    plain = create_key(work, CreateKey("plain")).secret
    return Keys(plain, create_key(work, CreateKey("batches", partner="batches")).secret)


async def load(port: int, keys: Keys, number: int, seed: int, server: RunningServer) -> list[Sent]:
    """Let the writers write until the server is killed."""
    chance = random.Random(f"{seed}-{number}")
    writers = [
        Writer(_name(number, writer), random.Random(f"{seed}-{number}-{writer}"))
        for writer in range(_WRITERS)
    ]
    tasks = [asyncio.create_task(writer.run(port, keys)) for writer in writers]
    await asyncio.sleep(chance.uniform(0.2, 1.5))
    server.process.kill()
    await asyncio.gather(*tasks)
    server.process.wait()
    return [sent for writer in writers for sent in writer.sent]


def run_round(settings: Settings, keys: Keys, number: int, seed: int, figures: Figures, log: Path) -> None:
    """Race, load, kill, judge."""
    server = RunningServer.start(settings.database_url, log=log)
    statuses = asyncio.run(race(server.port, keys.plain, f"race-{number}", _CONTESTANTS))
    if Counter(statuses) != {201: 1, 400: _CONTESTANTS - 1}:
        figures.faults.append(
            f"round {number}: one order number from {_CONTESTANTS} gave {Counter(statuses)}"
        )
    history = asyncio.run(load(server.port, keys, number, seed, server))
    with closing(open_transactions(settings)) as transactions:
        stored = transactions.read(lambda work: Stored.read(work, history))
    figures.faults += [f"round {number}: {fault}" for fault in judge(history, stored)]
    figures.faults += [f"round {number}: {fault}" for fault in integrity_faults(settings.database_url)]
    _count(figures, history)


def integrity_faults(database_url: str) -> list[str]:
    """What SQLite itself finds wrong with its file."""
    with closing(apsw.Connection(database_url.removeprefix("sqlite:///"))) as connection:
        integrity = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        return integrity + [f"dangling: {row}" for row in connection.execute("PRAGMA foreign_key_check")]


def _count(figures: Figures, history: list[Sent]) -> None:
    answered = [sent for sent in history if sent.answered]
    figures.rounds += 1
    figures.races += 1
    figures.sent += len(history)
    figures.answered += len(answered)
    figures.acknowledged += sum(len(sent.numbers) for sent in answered if sent.status == 201)
    figures.cut_off += len(history) - len(answered)


def _name(number: int, writer: int) -> str:
    return f"r{number}w{writer}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        help="the same seed sends the same requests and kills after the same times",
    )
    parser.add_argument(
        "--folder", type=Path, help="where to keep the database; a temporary folder unless given"
    )
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        figures = soak(options.folder or Path(temporary), options.rounds, options.seed)
    _print(figures, options.seed, time.monotonic() - started)
    return 1 if figures.faults else 0


def soak(folder: Path, rounds: int, seed: int) -> Figures:
    """Run the rounds on one database in the folder."""
    settings = Settings(f"sqlite:///{folder.absolute() / 'soak.db'}")
    with closing(open_transactions(settings)) as transactions:
        keys = transactions.run(lambda work: prepare(work, rounds))
    figures = Figures()
    for number in range(rounds):
        run_round(settings, keys, number, seed, figures, folder / "server.log")
    return figures


def _print(figures: Figures, seed: int, seconds: float) -> None:
    told = attrs.asdict(figures) | {"faults": len(figures.faults), "seed": seed, "seconds": round(seconds, 1)}
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in told.items()]
    sys.stdout.write("\n".join([*lines, *figures.faults[:50]]) + "\n")


if __name__ == "__main__":
    sys.exit(main())
