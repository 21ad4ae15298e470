import subprocess
import sys
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from peewee import SchemaManager
from playhouse.apsw_ext import APSWDatabase
from playhouse.schema_diff import diff_models

from adapters.persistence import migrations
from adapters.persistence.database import DatabaseFile
from adapters.persistence.migrate import MigrationRow, migrate, pending
from adapters.persistence.session import Session
from adapters.persistence.storage import open_storage
from adapters.persistence.tables import TABLES
from core.entities.resource import Resource
from core.errors import BadSetting
from tests.support.clock import START, SettableClock
from tests.support.ids import CountingIds
from tests.support.records import a_mapping, a_partner, a_publication, keep, minutes

OPENER = """
import sys
from adapters.persistence.storage import open_storage
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds

storage = open_storage(sys.argv[1], SystemClock(), SystemIds())
assert storage.ready()
storage.close()
"""
FAILING_STEP = """
def up(database):
    database.execute_sql("CREATE TABLE half (id TEXT)")
    raise ZeroDivisionError
"""
ORPHANING_STEP = """
def up(database):
    database.execute_sql("INSERT INTO inventory VALUES ('none', 'none', 'x', 1, 'bulk_import', NULL, 0, 0)")
"""


def schema(path: Path) -> list[tuple[str, str, str]]:
    """Every table and index as SQLite wrote it down."""
    with closing(apsw.Connection(str(path))) as connection:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
        )
        return [(kind, name, sql.replace("IF NOT EXISTS ", "")) for kind, name, sql in rows]


def add_step(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    """One more migration after the real ones."""
    (folder / f"{name}.py").write_text(text)
    monkeypatch.setattr(migrations, "__path__", [*migrations.__path__, str(folder)])


def forget_steps(connection: apsw.Connection, first: str) -> None:
    """Make the database one that has not taken this step and those after it."""
    connection.execute("DELETE FROM migrations WHERE name >= ?", (first,))
    connection.execute("DROP TABLE idempotency_keys")
    if first <= "0003":
        connection.execute("DROP TABLE mapping_publications")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return DatabaseFile(tmp_path / "storage.db").open(create=True)


def test_a_migrated_database_has_the_tables_of_the_program(path: Path, tmp_path: Path) -> None:
    database = APSWDatabase(str(path), thread_safe=False)
    made = tmp_path / "made.db"
    with closing(DatabaseFile(made).open(create=True)) as session:
        for table in (*TABLES, MigrationRow):
            SchemaManager(table, session.database).create_all(safe=False)

    with database, database.bind_ctx([*TABLES, MigrationRow]):
        difference = diff_models(database, [*TABLES, MigrationRow])

    assert not difference, str(difference)
    assert schema(path) == schema(made)


def test_nothing_is_pending_afterwards(path: Path) -> None:
    with closing(DatabaseFile(path).open()) as session:
        assert pending(session) == []


def test_a_new_database_takes_every_step_in_order(session: Session, clock: SettableClock) -> None:
    waiting = list(pending(session))

    migrate(session, clock)

    assert waiting == sorted(waiting)
    assert waiting[0] == "0001_first_tables"
    rows = session.database.execute_sql("SELECT name, applied_at FROM migrations ORDER BY rowid").fetchall()
    assert rows == [(name, int(START.timestamp()) * 1_000_000) for name in waiting]
    session.close()


def test_an_older_database_is_brought_up_to_date_when_it_is_opened(
    path: Path, clock: SettableClock, ids: CountingIds
) -> None:
    with closing(apsw.Connection(str(path))) as old:
        forget_steps(old, "0002")
        old.execute(
            "INSERT INTO api_keys VALUES ('1', 'old', 'h1', "
            """'["integrations.inventorys.read","integrations.inventorys.*","integrations.orders.*"]', """
            "NULL, NULL, 1, 0, 0)"
        )
        old.execute(
            "INSERT INTO api_keys VALUES ('2', 'integrations.inventorys.read', 'h2', "
            """'["integrations.*"]', NULL, NULL, 1, 0, 0)"""
        )

    storage = open_storage(f"sqlite:///{path}", clock, ids)

    keys = {key.id: key for key in storage.read(lambda work: work.keys.all())}
    storage.close()
    assert keys["1"].scopes == (
        "integrations.inventory.read",
        "integrations.inventory.*",
        "integrations.orders.*",
    )
    assert keys["2"].name == "integrations.inventorys.read"


def test_the_mappings_of_an_older_database_stay_in_use(
    path: Path, clock: SettableClock, ids: CountingIds
) -> None:
    storage = open_storage(f"sqlite:///{path}", clock, ids)
    keep(storage, a_partner("acme"), a_mapping(1, author="ann"), a_mapping(2, created_at=minutes(7)))
    keep(storage, a_mapping(1, resource=Resource.PRODUCTS))
    storage.close()
    with closing(apsw.Connection(str(path))) as old:
        forget_steps(old, "0003")

    storage = open_storage(f"sqlite:///{path}", clock, ids)

    published = storage.read(lambda work: work.mappings.publications("acme", Resource.ORDERS))
    current = storage.read(lambda work: work.mappings.current_version("acme", Resource.PRODUCTS))
    storage.close()
    assert published == [a_publication(2, published_at=minutes(7)), a_publication(1, author="ann")]
    assert current == 1


def test_a_database_of_a_newer_program_is_refused(path: Path, clock: SettableClock, ids: CountingIds) -> None:
    with closing(apsw.Connection(str(path))) as newer:
        newer.execute("INSERT INTO migrations VALUES ('0099_wonders', 0)")

    with pytest.raises(BadSetting, match=r"newer version .*0099_wonders"):
        open_storage(f"sqlite:///{path}", clock, ids)


def test_a_database_that_a_newer_program_takes_over_is_not_ready_any_more(
    path: Path, clock: SettableClock, ids: CountingIds
) -> None:
    storage = open_storage(f"sqlite:///{path}", clock, ids)
    before = storage.ready()
    with closing(apsw.Connection(str(path))) as newer:
        newer.execute("INSERT INTO migrations VALUES ('0099_wonders', 0)")

    assert (before, storage.ready()) == (True, False)
    storage.close()


def test_a_failing_step_leaves_the_database_as_it_was(
    path: Path, tmp_path: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema(path)
    add_step(tmp_path, monkeypatch, "0098_failing", FAILING_STEP)

    with closing(DatabaseFile(path).open()) as session, pytest.raises(ZeroDivisionError):
        migrate(session, clock)

    assert schema(path) == before


def test_a_step_that_breaks_references_is_undone(
    path: Path, tmp_path: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_step(tmp_path, monkeypatch, "0097_orphaning", ORPHANING_STEP)

    with closing(DatabaseFile(path).open()) as session, pytest.raises(LookupError, match="references"):
        migrate(session, clock)

    with closing(apsw.Connection(str(path))) as connection:
        assert connection.execute("SELECT count(*) FROM inventory").fetchall() == [(0,)]


def test_processes_that_start_at_once_all_come_up(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    starting = [subprocess.Popen([sys.executable, "-c", OPENER, url]) for _ in range(4)]

    assert [process.wait(60) for process in starting] == [0] * 4
