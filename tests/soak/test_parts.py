"""The parts do what they say, in small."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak import backend, kill, race, restart, walk
from tests.soak.databases import Place, PostgresPlace, SqliteFolder
from tests.support.cluster import Cluster, NoPostgres

pytestmark = pytest.mark.xdist_group("servers")


@pytest.fixture
def cluster() -> Iterator[PostgresPlace]:
    try:
        made = Cluster.make()
    except NoPostgres as missing:
        pytest.skip(str(missing))
    with made:
        yield PostgresPlace(made)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    made: Place = SqliteFolder(tmp_path)
    return made if request.param == "sqlite" else request.getfixturevalue("cluster")


def test_a_kill_loses_nothing_that_was_answered(place: Place, tmp_path: Path) -> None:
    figures = kill.kill(place, 1, 1, tmp_path / "log")

    assert figures.faults == []
    assert figures.counts["answered"] > 0
    assert figures.counts["cut off"] > 0


def test_a_restart_of_postgresql_is_answered_and_lived_through(
    cluster: PostgresPlace, tmp_path: Path
) -> None:
    figures = restart.restart(cluster, 2, 1, tmp_path / "log")

    assert figures.faults == []
    assert figures.counts["503"] > 0
    assert figures.counts["/readyz 503"] > 0


def test_a_backend_that_dies_is_lived_through(tmp_path: Path) -> None:
    figures = backend.backend(SqliteFolder(tmp_path), 2, 1, tmp_path / "log")

    assert figures.faults == []
    assert (figures.counts["kills"], figures.counts["503"] > 0) == (2, True)


def test_two_servers_that_race_make_each_order_once(tmp_path: Path) -> None:
    figures = race.race(SqliteFolder(tmp_path), 40, 1, tmp_path / "log")

    assert figures.faults == []
    assert figures.counts["answered 201"] == 40


def test_walks_among_what_comes_and_goes_miss_nothing(tmp_path: Path) -> None:
    figures = walk.walk(SqliteFolder(tmp_path), 6, 1, tmp_path / "log")

    assert figures.faults == []
    assert (figures.counts["walks"], figures.counts["records that came"] > 0) == (6, True)
