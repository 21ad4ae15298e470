import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from peewee import SQL, SchemaManager
from playhouse.schema_diff import diff_models

from adapters.persistence import migrations
from adapters.persistence.migrate import MigrationRow, migrate, pending
from adapters.persistence.postgresql.server import PostgresServer
from adapters.persistence.postgresql.url import read_url
from adapters.persistence.statements import Statement
from adapters.persistence.storage import open_storage, server_lock
from adapters.persistence.tables import TABLES, LogEntryRow
from core.errors import BadSetting
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.postgres import SERVER, a_new_database, require_postgres

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
SCHEMA = """
WITH tables AS (
    SELECT oid, relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
)
SELECT indexrelid::regclass::text, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ')
FROM pg_index JOIN tables ON oid = indrelid
UNION ALL
SELECT conname, pg_get_constraintdef(pg_constraint.oid)
FROM pg_constraint JOIN tables ON tables.oid = conrelid
UNION ALL
SELECT table_name || '.' || column_name, data_type || is_nullable
FROM information_schema.columns JOIN tables ON table_name = relname
UNION ALL
SELECT 'z partitioned: ' || relname, pg_get_partkeydef(oid)
FROM tables WHERE pg_get_partkeydef(oid) IS NOT NULL
"""
PARTITIONED = ("z partitioned: integration_log", "RANGE (received_at)")


@pytest.fixture
def empty() -> str:
    """A database without a table."""
    require_postgres()
    return a_new_database("empty")


def schema(url: str) -> list[tuple[str, str]]:
    """Every index, constraint and column."""
    with psycopg.connect(url) as connection:
        return sorted((name, text) for name, text in connection.execute(SCHEMA.encode()))


def partitioned(part: tuple[str, str]) -> tuple[str, str]:
    """As it is in a partitioned log, whose key names the time: Peewee can neither write nor see that."""
    name, text = part
    return name, text.replace("(id)", "(id, received_at)") if name == "integration_log_pkey" else text


def refusal(url: str) -> str:
    with pytest.raises(BadSetting) as caught:
        open_storage(url, SettableClock(), CountingIds())
    return str(caught.value)


def execute(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())


def test_a_migrated_database_has_the_tables_of_the_program(
    empty: str, clock: SettableClock, ids: CountingIds
) -> None:
    open_storage(empty, clock, ids).close()
    made = a_new_database("made")
    with closing(PostgresServer(read_url(made)).open()) as session:
        for table in (*TABLES, MigrationRow):
            SchemaManager(table, session.database).create_all(safe=False)

    with closing(PostgresServer(read_url(empty)).open()) as session:
        database, tables = session.database, [*TABLES, MigrationRow]
        tables.remove(LogEntryRow)
        with database.bind_ctx(tables):
            difference = diff_models(database, tables)

    assert not difference, str(difference)
    assert schema(empty) == [*sorted(map(partitioned, schema(made))), PARTITIONED]


def test_servers_that_start_at_once_on_an_empty_database_all_come_up(empty: str) -> None:
    starting = [subprocess.Popen([sys.executable, "-c", OPENER, empty]) for _ in range(4)]

    assert [process.wait(60) for process in starting] == [0] * 4


def test_a_failing_step_leaves_the_database_as_it_was(
    url: str, tmp_path: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema(url)
    (tmp_path / "0098_failing.py").write_text(FAILING_STEP)
    monkeypatch.setattr(migrations, "__path__", [*migrations.__path__, str(tmp_path)])

    with closing(PostgresServer(read_url(url)).open()) as session, pytest.raises(ZeroDivisionError):
        migrate(session, clock)

    assert schema(url) == before


def test_an_older_database_is_brought_up_to_date_when_it_is_opened(
    empty: str, clock: SettableClock, ids: CountingIds
) -> None:
    open_storage(empty, clock, ids).close()
    execute(empty, "DELETE FROM migrations WHERE name LIKE '0002%'")
    execute(
        empty,
        "INSERT INTO api_keys (id, name, secret_hash, scopes, is_active, is_test, created_at) "
        """VALUES ('1', 'old', 'h1', '["integrations.inventorys.read"]', true, false, 0)""",
    )

    with closing(PostgresServer(read_url(empty)).open()) as session:
        waiting = pending(session)
    storage = open_storage(empty, clock, ids)
    (key,) = storage.read(lambda work: work.keys.all())
    storage.close()

    assert waiting == ["0002_inventory_scope"]
    assert key.scopes == ("integrations.inventory.read",)


def test_a_database_of_a_newer_program_is_refused_and_not_ready_any_more(
    empty: str, clock: SettableClock, ids: CountingIds
) -> None:
    storage = open_storage(empty, clock, ids)
    before = storage.ready()

    execute(empty, "INSERT INTO migrations VALUES ('0099_wonders', 0)")

    assert (before, storage.ready()) == (True, False)
    storage.close()
    assert "newer version" in refusal(empty)


def test_several_servers_share_a_database(url: str) -> None:
    with server_lock(url), server_lock(url):
        pass


def test_a_database_that_cannot_be_reached_is_named_without_its_password() -> None:
    message = refusal("postgresql://someone:secret@127.0.0.1:1/shop")

    assert 'the PostgreSQL database "shop" on 127.0.0.1:1 cannot be used' in message
    assert "secret" not in message


def test_a_database_that_is_not_there_is_told() -> None:
    require_postgres()

    assert "does not exist" in refusal(urlunsplit(urlsplit(SERVER)._replace(path="/no_such_database")))


def test_a_database_of_another_encoding_is_refused() -> None:
    require_postgres()
    url = a_new_database("latin", "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")

    assert "ENCODING 'UTF8'" in refusal(url)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://", "names no database"),
        ("postgresql://user@host:5432", "names no database"),
        ("postgresql://host/name?no_such_parameter=1", "no_such_parameter"),
        ("postgresql://host/name?connections=none", "connections"),
        ("postgresql://host/name?connections=0", "from 1 to"),
        ("postgresql://host/name?prepare_threshold=never", "prepare_threshold"),
    ],
)
def test_what_is_wrong_in_a_url_is_told(url: str, told: str) -> None:
    assert told in refusal(url)


def test_a_url_sets_how_connections_behave() -> None:
    plain = read_url("postgresql://u@host:5433/name")
    set_so = read_url("postgres://host/name?connections=2&prepare_threshold=none&connect_timeout=9&options=")

    assert (plain.connections, plain.prepare_threshold) == (8, 0)
    assert plain.parameters["connect_timeout"] == "3"
    assert (set_so.connections, set_so.prepare_threshold) == (2, None)
    assert (set_so.parameters["connect_timeout"], set_so.parameters["options"]) == ("9", "")


def test_without_its_driver_a_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("adapters.persistence.postgresql")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)

    assert "pip install '.[postgres]'" in refusal("postgresql://u@127.0.0.1:5432/name")


def test_behind_a_pooler_nothing_is_prepared(url: str, clock: SettableClock, ids: CountingIds) -> None:
    storage = open_storage(f"{url}?connections=1&prepare_threshold=none", clock, ids)
    prepared = Statement(SQL("SELECT count(*) FROM pg_prepared_statements"))

    def count(work: object) -> int:
        ((found,),) = work.session.rows(prepared)  # type: ignore[attr-defined]  # Peewee's
        return int(found)

    storage.run(lambda work: [work.settings.get("x") for _ in range(9)])
    unprepared = storage.run(count)
    storage.close()
    assert unprepared == 0
