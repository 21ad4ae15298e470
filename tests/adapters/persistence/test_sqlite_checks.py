import shutil
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import apsw
import pytest

from adapters.persistence import sqlite_checks
from adapters.persistence.checks import Check, State, shown_size
from adapters.persistence.database import PRAGMAS
from adapters.persistence.maintenance_by_url import find_maintenance
from adapters.persistence.storage import open_storage
from tests.support.clock import START, SettableClock
from tests.support.databases import execute
from tests.support.ids import CountingIds
from tests.support.records import a_product, an_entry, keep


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def look(path: Path, *, deep: bool = False) -> Mapping[str, Check]:
    found = find_maintenance(f"sqlite:///{path}").check(SettableClock(), deep=deep)
    return {check.name: check for check in found}


def fill(path: Path, *records: object) -> None:
    with closing(open_storage(f"sqlite:///{path}", SettableClock(), CountingIds())) as storage:
        keep(storage, *records)


def test_all_is_well(path: Path) -> None:
    fill(path, a_product("SKU"), an_entry(START))

    found = look(path, deep=True)

    assert {check.state for check in found.values()} == {State.OK}
    assert found["newest entry"].message == "received at 2026-04-30T22:00:00Z"
    assert "3.5" in found["SQLite"].message


def test_a_sqlite_that_corrupts_databases_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.40.1")

    assert look(path)["SQLite"].state is State.FAILED


@pytest.mark.parametrize(
    ("free", "state"), [(10**8 - 1, State.FAILED), (10**8, State.WARNING), (10**9, State.OK)]
)
def test_little_room_is_a_warning_and_hardly_any_fails(
    path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**12, 10**12 - free, free))

    assert look(path)["disk"].state is state


def test_a_file_that_may_not_be_written_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda asked, mode: asked != path)

    assert look(path)["database"].state is State.FAILED


def test_another_way_of_keeping_the_journal_is_a_warning_and_stays(path: Path) -> None:
    execute(f"sqlite:///{path}", "PRAGMA journal_mode = delete")

    found = [look(path)["durability"] for _ in range(2)]

    assert [(one.state, one.message.partition(";")[0]) for one in found] == [
        (State.WARNING, "journal_mode is delete")
    ] * 2


def test_a_program_that_does_not_wait_for_the_disk_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty = {**PRAGMAS, "synchronous": "normal"}
    monkeypatch.setattr("adapters.persistence.database.PRAGMAS", hasty)

    assert look(path)["durability"].state is State.FAILED


def test_an_entry_that_is_still_to_come_is_a_warning(path: Path) -> None:
    fill(path, an_entry(START + timedelta(seconds=1)))
    near = look(path)["newest entry"]
    fill(path, an_entry(START + timedelta(seconds=3)))

    far = look(path)["newest entry"]

    assert (near.state, far.state) == (State.OK, State.WARNING)
    assert "2026-04-30T22:00:03Z, which is still to come" in far.message


def test_an_empty_file_waits_for_its_tables(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()

    found = look(tmp_path / "empty.db", deep=True)

    assert found["schema"].state is State.WARNING
    assert {check.state for check in found.values()} == {State.OK, State.WARNING}


def test_a_database_of_a_newer_program_fails(path: Path) -> None:
    execute(f"sqlite:///{path}", "INSERT INTO migrations VALUES ('0099_wonders', 0)")

    found = look(path)

    assert found["schema"].state is State.FAILED
    assert "0099_wonders" in found["schema"].message


def test_a_reference_to_nothing_fails_a_deep_look(path: Path) -> None:
    execute(
        f"sqlite:///{path}",
        "INSERT INTO inventory VALUES ('none', 'none', 'x', 1, 'bulk_import', NULL, 0, 0)",
    )

    deep = look(path, deep=True)

    assert "references" not in look(path)
    assert (deep["references"].state, deep["integrity"].state) == (State.FAILED, State.OK)
    assert deep["references"].message == "2 rows refer to one that is gone, first in inventory"


def test_a_damaged_page_fails_a_deep_look(path: Path) -> None:
    fill(path, *(an_entry(raw_payload=bytes(5000)) for _ in range(20)))
    damaged = bytearray(path.read_bytes())
    damaged[-3 * 4096 :] = b"\xaa" * (3 * 4096)
    path.write_bytes(damaged)

    assert look(path, deep=True)["integrity"].state is State.FAILED


def test_what_cannot_be_told_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(session: object) -> Check:
        raise apsw.CorruptError("the disk image is malformed")

    monkeypatch.setattr(sqlite_checks, "_durability", fail)

    assert look(path)["durability"] == Check(
        "durability", State.FAILED, "cannot be told: the disk image is malformed"
    )


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (262_144, "262 kB"),
        (83_700_000_000, "83.7 GB"),
        (5e15, "5e+03 TB"),
    ],
)
def test_sizes_are_said_as_people_do(size: float, shown: str) -> None:
    assert shown_size(size) == shown
