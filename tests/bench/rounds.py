"""One database: contestants side by side, measured in turns."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import attrs

from tests.bench.bodies import expect_same, keep, stock_orders
from tests.bench.contestants import Contestant, start_bare, start_baselines, start_ours
from tests.bench.databases import PostgresStorage, SqliteStorage, Storage
from tests.bench.load import Measured, Plan
from tests.bench.report import Row, Side, Table
from tests.bench.scenarios import BARE, MARKER, POSTGRESQL, SCENARIOS, Effort, Scenario
from tests.support.running_server import ROOT

_PATIENCE = 60.0
_WITHOUT_FRAMEWORK = "GET /asgi/ HTTP/1.1\r\nHost: localhost\r\n\r\n"


def measure(name: str, effort: Effort) -> Table:
    """The figures on one kind of database."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _storage(name, Path(folder)) as storage,
        ExitStack() as ends,
    ):
        contestants = _line_up(storage, Path(folder), ends, baselines=effort.baselines)
        rows = [Row.of(scenario, name, rounds) for scenario, rounds in _take_turns(contestants, effort)]
        generator = _load(next(one for one in contestants if one.name == BARE), _WITHOUT_FRAMEWORK, effort)
        ends.close()
        return Table(
            storage=name,
            durability=storage.describe(),
            rows=rows,
            generator=generator.per_second,
            unlogged={one.name: _unlogged(one, storage) for one in contestants if one.log},
        )


@contextmanager
def _storage(name: str, folder: Path) -> Iterator[Storage]:
    storage = PostgresStorage() if name == POSTGRESQL else SqliteStorage(folder)
    try:
        yield storage
    finally:
        storage.drop()


def _line_up(storage: Storage, folder: Path, ends: ExitStack, *, baselines: bool) -> list[Contestant]:
    def started(one: Contestant) -> Contestant:
        ends.callback(one.stop)
        return one

    ours = started(start_ours(storage, folder))
    bodies = stock_orders(ours)
    keep(bodies, folder)
    others = [started(one) for one in start_baselines(storage)] if baselines else []
    for other in others:
        expect_same(other.name, bodies, stock_orders(other))
    return [ours, started(start_bare(folder)), *others]


def _take_turns(
    contestants: Sequence[Contestant], effort: Effort
) -> list[tuple[Scenario, list[dict[str, Side]]]]:
    """In each round each call on every contestant, one after the other."""
    found: list[tuple[Scenario, list[dict[str, Side]]]] = [(scenario, []) for scenario in SCENARIOS]
    for _ in range(effort.rounds):
        for scenario, rounds in found:
            rounds.append({one.name: _side(one, scenario, effort) for one in contestants})
    return found


def _side(one: Contestant, scenario: Scenario, effort: Effort) -> Side:
    request = scenario.request(scenario.bare_path if one.name == BARE else scenario.path, one.key)
    before = one.cpu_seconds()
    first = one.created if scenario.body else 0
    measured = _load(one, request, effort, first, scenario.period)
    if set(measured.statuses) != {scenario.status}:
        raise RuntimeError(f"{one.name}: expected only {scenario.status}, found {measured.statuses}")
    one.answered += measured.requests
    one.created += measured.requests + effort.connections if scenario.body else 0
    return Side(measured, one.cpu_seconds() - before)


def _load(one: Contestant, request: str, effort: Effort, first: int = 0, period: int = 10**9) -> Measured:
    marker = MARKER if MARKER in request else ""
    plan = Plan(one.port, request, effort.connections, effort.seconds, marker, first, period)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        input=json.dumps(attrs.asdict(plan)),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=effort.seconds + _PATIENCE,
    )
    if ran.returncode:
        raise RuntimeError(f"no figures of {one.name}: {ran.stderr[-2000:]}")
    return Measured(**json.loads(ran.stdout))


def _unlogged(one: Contestant, storage: Storage) -> int:
    return max(0, one.answered - storage.answers_kept(one.database, one.log))
