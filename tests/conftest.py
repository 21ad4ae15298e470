"""What tests share: every storage under one name, and time and chance as the test wants them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from core.ports.unit_of_work import Transactions
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.postgres import insist_on_postgres
from tests.support.storages import STORAGES

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests of outages mostly wait."""
    return (os.cpu_count() or 1) + 1


def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        insist_on_postgres()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def ids() -> CountingIds:
    return CountingIds()


@pytest.fixture(params=STORAGES)
def storage(request: pytest.FixtureRequest) -> str:
    """The name of a storage; a test that asks for it runs once on each."""
    name: str = request.param
    return name


@pytest.fixture
def transactions(
    storage: str, tmp_path: Path, clock: SettableClock, ids: CountingIds
) -> Iterator[Transactions]:
    """An empty storage."""
    opened = STORAGES[storage](tmp_path, clock, ids)
    yield opened
    opened.close()
