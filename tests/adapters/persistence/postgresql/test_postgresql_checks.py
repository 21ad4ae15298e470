import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from adapters.persistence.checks import Check, State
from adapters.persistence.maintenance_by_url import find_maintenance
from adapters.persistence.postgresql import checks
from adapters.persistence.storage import open_storage
from tests.support.clock import SettableClock
from tests.support.databases import a_database, execute
from tests.support.ids import CountingIds
from tests.support.postgres import a_new_database, require_postgres
from tests.support.records import a_product, an_entry, keep

DURABLE = "?options=-c%20synchronous_commit%3Don"


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """A database with its tables and something in them."""
    url = a_database("postgresql", tmp_path, "checked")
    with closing(open_storage(url, SettableClock(), CountingIds())) as storage:
        keep(storage, a_product("SKU"), an_entry())
    return url


def look(url: str, ahead: timedelta = timedelta(), *, deep: bool = False) -> Mapping[str, Check]:
    clock = SettableClock(datetime.now(UTC) + ahead)
    return {check.name: check for check in find_maintenance(url).check(clock, deep=deep)}


def test_all_is_well(kept: str) -> None:
    found = look(kept + DURABLE, deep=True)

    assert {name: check.state for name, check in found.items()} == dict.fromkeys(found, State.OK)
    assert set(found) == {
        "driver",
        "database",
        "writing",
        "schema",
        "durability",
        "clock",
        "newest entry",
        "indexes",
        "integrity",
    }
    assert found["database"].message.startswith("PostgreSQL 1")


def test_a_commit_that_does_not_wait_for_the_disk_is_a_warning(kept: str) -> None:
    found = look(kept)["durability"]

    assert found.state is State.WARNING
    assert found.message.startswith("synchronous_commit is off: after a crash")


def test_every_setting_that_risks_what_was_acknowledged_is_named() -> None:
    assert set(checks._UNSAFE) == {"fsync", "full_page_writes", "synchronous_commit"}


@pytest.mark.parametrize(
    ("seconds", "state", "told"),
    [(0, State.OK, "agree"), (60, State.WARNING, "ahead of"), (-60, State.WARNING, "behind")],
)
def test_clocks_that_differ_are_a_warning(kept: str, seconds: int, state: State, told: str) -> None:
    found = look(kept, timedelta(seconds=seconds))["clock"]

    assert found.state is state
    assert told in found.message


def test_a_database_that_only_reads_fails(kept: str) -> None:
    found = look(f"{kept}?options=-c%20default_transaction_read_only%3Don")

    assert found["writing"].state is State.FAILED


def test_an_older_server_is_a_warning(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_OLDEST_TESTED", 99)

    assert look(kept)["database"].state is State.WARNING


def test_texts_in_another_encoding_fail() -> None:
    require_postgres()
    url = a_new_database("latin_checked", "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")

    assert look(url)["database"].state is State.FAILED


def test_an_index_that_is_of_no_use_fails(kept: str) -> None:
    execute(kept, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_newest'::regclass")

    found = look(kept)["indexes"]

    assert (found.state, found.message) == (
        State.FAILED,
        "not usable: orders_newest; REINDEX makes them anew",
    )


def test_a_table_that_cannot_be_read_fails_a_deep_look(kept: str) -> None:
    execute(kept, "ALTER TABLE products DROP COLUMN cost")

    found = look(kept, deep=True)

    assert found["integrity"].state is State.FAILED
    assert "products" in found["integrity"].message
    assert found["schema"].state is State.OK


def test_a_database_without_tables_waits_for_them(tmp_path: Path) -> None:
    found = look(a_database("postgresql", tmp_path, "checked") + DURABLE, deep=True)

    assert found["schema"].state is State.WARNING
    assert found["integrity"].message == "every row of 0 tables can be read"


def test_a_database_that_is_served_is_known_by_its_connections(kept: str) -> None:
    maintenance = find_maintenance(kept)
    ends = time.monotonic() + 10
    while maintenance.is_served() and time.monotonic() < ends:
        time.sleep(0.05)  # the server takes a moment to let a closed connection go
    alone = maintenance.is_served()
    with closing(open_storage(kept, SettableClock(), CountingIds())) as storage:
        keep(storage, an_entry())
        beside = maintenance.is_served()
    with psycopg.connect(kept):
        stranger = maintenance.is_served()

    assert (alone, beside, stranger) == (False, True, False)
