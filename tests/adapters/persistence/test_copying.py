import re
import time
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path

import apsw
import psycopg
import pytest

from adapters.catalog.templates import FileTemplates
from adapters.persistence.copying import Copying
from adapters.persistence.maintenance import Progress
from adapters.persistence.maintenance_by_url import find_maintenance
from adapters.persistence.storage import open_storage, server_lock
from core.entities.json import JsonObject
from core.entities.order import OrderStatus
from core.entities.resource import Resource
from core.errors import BadSetting, CopyFailed, RuleBroken
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.mapping_indexes import index_mappings_in_use
from core.use_cases.mappings import SaveMapping, save_mapping
from core.use_cases.partners import CreatePartner, create_partner
from tests.support.clock import START, SettableClock
from tests.support.databases import (
    Watcher,
    a_database,
    ask,
    content_of,
    execute,
    lookup_indexes_of,
    path_of,
)
from tests.support.ids import CountingIds
from tests.support.records import (
    a_key,
    a_location,
    a_partner,
    a_product,
    a_stock_record,
    an_activity,
    an_entry,
    an_item,
    an_order,
    an_outcome,
    keep,
    minutes,
)

PAIRS = [("sqlite", "postgresql"), ("postgresql", "sqlite")]
TEXTS = [
    "",
    " ",
    "\\N",
    "\\.",
    "a\tb\nc\rd\x0be\\f\"g'h",
    "\x01\x7f\x85\u2028",
    "Zelte Müller",
    "𝒳🏕️ e\u0301",
    "مخزن",
    "%s %(x)s {} $1 ;--",
    "x" * 255,
]
LARGEST, SMALLEST = 2**63 - 1, -(2**63)


@pytest.fixture(params=PAIRS, ids="-".join)
def pair(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The kinds of the one database and of the other."""
    kinds: tuple[str, str] = request.param
    return kinds


@pytest.fixture
def source(pair: tuple[str, str], tmp_path: Path) -> str:
    """A database with its tables."""
    url = a_database(pair[0], tmp_path, "source")
    open_storage(url, SettableClock(), CountingIds()).close()
    return url


@pytest.fixture
def target(pair: tuple[str, str], tmp_path: Path) -> str:
    """A database without a table."""
    return a_database(pair[1], tmp_path, "target")


def copy(
    source: str,
    target: str,
    progress: Progress | None = None,
    complete: Callable[[UnitOfWork], None] = index_mappings_in_use,
) -> None:
    copying = Copying(SettableClock(), CountingIds(), complete, progress or Watcher())
    copying.run(find_maintenance(source), find_maintenance(target))


def fill(url: str, *records: object) -> None:
    with closing(open_storage(url, SettableClock(), CountingIds())) as storage:
        keep(storage, *records)


def hostile_records() -> list[object]:
    """Every kind of value that the tables may hold."""
    records: list[object] = [a_partner("acme"), a_partner("other", is_active=False)]
    for number, text in enumerate(TEXTS):
        named = f"{text}{number}"
        document: JsonObject = {"z": text, named: [text, None, True, 1e-7, 2**63], "a": {"b": -0.5}}
        records += [
            a_product(named, quantity=LARGEST - number, custom_fields=document, is_active=number % 2 == 0),
            a_location(named, name=text, zone=None, metadata=document),
            an_order(named, "acme" if number % 2 else None, notes=text, customer_info=document),
            an_activity(api_key=named, path=f"/{text}"),
            an_entry(identifier=text, raw_payload=text.encode(), ignored_fields=(text, "b")),
            a_key(named, scopes=("integrations.orders.read",), partner="other", expires_at=minutes(number)),
        ]
        records.append(a_stock_record(named, named, quantity=number))
    order = an_order("with lines", order_date=minutes(-(10**7)), status=OrderStatus.CANCELLED)
    order.items = [an_item(f"{TEXTS[2]}2", 5, notes="\\"), an_item(f"{TEXTS[2]}2", LARGEST)]
    every_byte = bytes(range(256)) * 9
    entries = [
        an_entry(raw_payload=b"", mapped_payload=None, response_body=every_byte, duration_ms=5e-324),
        an_entry(raw_payload=None, mapped_payload=b"\\x00", duration_ms=1.7976931348623157e308),
        an_entry(raw_payload=b"\x00", record_ids=("1", "2"), mapping_version=7, duration_ms=0.1),
    ]
    return [*records, order, *entries, an_outcome(body=every_byte)]


def add_what_needs_use_cases(work: UnitOfWork) -> None:
    create_partner(work, FileTemplates(), CreatePartner("shop", template="shopify"))
    by_upc: JsonObject = {"format": "datamingle.mapping/1", "resource": "products", "rules": []}
    save_mapping(
        work,
        SaveMapping("acme", Resource.PRODUCTS, {**by_upc, "identifier_field": "custom_fields.z"}, "ann"),
    )
    work.settings.put_if_absent("cursor_secret", "s3cret")


@pytest.fixture
def filled(source: str) -> str:
    """The source with something in every table."""
    fill(source, *hostile_records())
    with closing(open_storage(source, SettableClock(), CountingIds())) as storage:
        storage.run(add_what_needs_use_cases)
    assert all(content_of(source).values()), "a table is empty"
    return source


def test_every_row_is_copied_as_it_is(filled: str, target: str) -> None:
    before = content_of(filled)
    progress = Watcher()

    copy(filled, target, progress)

    rows = sum(map(len, before.values()))
    assert content_of(target) == before
    assert content_of(filled) == before
    assert (progress.total, progress.done) == (2 * rows, 2 * rows)


def test_what_was_copied_there_and_back_has_the_checksums_it_had(
    filled: str, target: str, pair: tuple[str, str], tmp_path: Path
) -> None:
    back = a_database(pair[0], tmp_path, "back")
    copying = Copying(SettableClock(), CountingIds(), index_mappings_in_use, Watcher())

    there = copying.run(find_maintenance(filled), find_maintenance(target))
    again = copying.run(find_maintenance(target), find_maintenance(back))

    assert there == again
    assert content_of(back) == content_of(filled)


@pytest.mark.parametrize("pair", [("sqlite", "sqlite"), ("postgresql", "postgresql")], ids="-".join)
def test_a_database_is_copied_into_another_of_its_kind(filled: str, target: str) -> None:
    copy(filled, target)

    assert content_of(target) == content_of(filled)


def test_what_mappings_look_records_up_by_is_indexed_in_the_copy_too(filled: str, target: str) -> None:
    copy(filled, target)

    assert lookup_indexes_of(target) == lookup_indexes_of(filled) != set()


def test_a_copy_into_empty_tables(filled: str, target: str) -> None:
    open_storage(target, SettableClock(), CountingIds()).close()

    copy(filled, target)

    assert content_of(target) == content_of(filled)


def test_a_database_without_a_row_is_copied(source: str, target: str) -> None:
    copy(source, target)

    assert not any(content_of(target).values())


@pytest.mark.parametrize("rows", [3, 4, 5])
def test_tables_of_any_length_are_copied_whole(
    source: str, target: str, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected = import_module("adapters.persistence.postgresql.connected")
    monkeypatch.setattr(connected, "_FILLED_AT_ONCE", 2)
    monkeypatch.setattr("adapters.persistence.table_sums._TOLD_AT_ONCE", 2)
    fill(source, *(a_product(f"SKU-{number}") for number in range(rows)))
    progress = Watcher()

    copy(source, target, progress)

    assert content_of(target) == content_of(source)
    assert progress.done == 2 * rows


def test_a_database_with_rows_is_not_copied_into(filled: str, target: str) -> None:
    fill(target, a_product("SKU"))
    before = content_of(target)

    with pytest.raises(BadSetting, match=r"is not empty, it has rows in products: .* empty database"):
        copy(filled, target)

    assert content_of(target) == before


def test_nothing_is_done_to_a_database_that_is_refused(filled: str, target: str) -> None:
    fill(target, a_product("SKU"))
    execute(target, "DELETE FROM migrations WHERE name LIKE '0002%'")

    with pytest.raises(BadSetting, match="is not empty"):
        copy(filled, target)

    assert ask(target, "SELECT count(*) FROM migrations WHERE name LIKE '0002%'") == [(0,)]


def test_a_database_of_another_program_is_not_copied_into(filled: str, target: str) -> None:
    execute(target, "CREATE TABLE orders (id INTEGER)")

    with pytest.raises(BadSetting, match=r"tables of another program \(orders\)"):
        copy(filled, target)

    assert ask(target, "SELECT count(*) FROM orders") == [(0,)]


def test_an_older_schema_is_told_how_to_migrate(filled: str, target: str) -> None:
    execute(filled, "DELETE FROM migrations WHERE name LIKE '0002%'")

    with pytest.raises(BadSetting, match=r"older schema \(0002_inventory_scope .* datamingle db migrate"):
        copy(filled, target)

    assert ask(filled, "SELECT count(*) FROM migrations WHERE name LIKE '0002%'") == [(0,)]


@pytest.mark.parametrize("which", ["source", "target"])
def test_a_newer_schema_is_refused(source: str, target: str, which: str) -> None:
    open_storage(target, SettableClock(), CountingIds()).close()
    execute(source if which == "source" else target, "INSERT INTO migrations VALUES ('0099_wonders', 0)")

    with pytest.raises(BadSetting, match=r"newer version .*0099_wonders"):
        copy(source, target)


def test_there_must_be_something_to_copy(target: str, pair: tuple[str, str], tmp_path: Path) -> None:
    nothing = a_database(pair[0], tmp_path, "nothing")

    with pytest.raises(BadSetting, match=r"there is no database|holds no data of Datamingle"):
        copy(nothing, target)

    if pair[0] == "sqlite":
        assert not path_of(nothing).exists()
    if pair[1] == "sqlite":
        assert not path_of(target).exists()


def test_a_failure_on_the_way_leaves_nothing(filled: str, target: str) -> None:
    def fail(work: UnitOfWork) -> None:
        raise RuleBroken("no")

    with pytest.raises(RuleBroken):
        copy(filled, target, complete=fail)

    assert not any(content_of(target).values())
    copy(filled, target)
    assert content_of(target) == content_of(filled)


def test_a_copy_that_comes_out_different_is_told_and_not_kept(source: str, target: str) -> None:
    fill(source, a_product("SKU"))
    open_storage(target, SettableClock(), CountingIds()).close()
    change_on_the_way(target)

    with pytest.raises(CopyFailed, match=r"the table products differs: 1 rows .*; nothing was kept"):
        copy(source, target)

    assert not any(content_of(target).values())


def change_on_the_way(url: str) -> None:
    """Have the database itself alter every product that it is given."""
    if url.startswith("sqlite"):
        change = "UPDATE products SET quantity = quantity + 1 WHERE id = new.id"
        execute(url, f"CREATE TRIGGER change AFTER INSERT ON products BEGIN {change}; END")
    else:
        execute(
            url,
            "CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN new.quantity := new.quantity + 1; RETURN new; END'",
            "CREATE TRIGGER change BEFORE INSERT ON products FOR EACH ROW EXECUTE FUNCTION change()",
        )


class Busy(Watcher):
    """Does something when the copy has begun."""

    def __init__(self, do: Callable[[], None]) -> None:
        super().__init__()
        self._do = do

    def start(self, total: int) -> None:
        super().start(total)
        self._do()


def test_what_is_written_meanwhile_is_not_copied(filled: str, target: str) -> None:
    before = content_of(filled)

    copy(filled, target, Busy(lambda: fill(filled, a_product("late"), an_entry())))

    assert content_of(target) == before != content_of(filled)


def test_nobody_else_writes_into_the_copy_meanwhile(filled: str, target: str) -> None:
    copy(filled, target, Busy(lambda: intrude(target)))

    assert content_of(target) == content_of(filled)


def intrude(url: str) -> None:
    """Try to add a row, and be refused."""
    limit = "" if url.startswith("sqlite") else "SET lock_timeout = 100; "
    with pytest.raises((apsw.BusyError, psycopg.errors.LockNotAvailable)):
        execute(url, f"{limit}INSERT INTO settings (name, value) VALUES ('x', 'y')")


def test_no_server_starts_on_a_file_that_is_copied_into(tmp_path: Path) -> None:
    source, target = a_database("sqlite", tmp_path, "source"), a_database("sqlite", tmp_path, "target")
    fill(source, a_product("SKU"))

    def start() -> None:
        with pytest.raises(BadSetting, match="another server"), server_lock(target):
            pass

    with server_lock(target), pytest.raises(BadSetting, match="another server"):
        copy(source, target)
    copy(source, target, Busy(start))


def test_a_slow_copy_outlasts_the_limits_of_requests(filled: str, target: str) -> None:
    open_storage(target, SettableClock(), CountingIds()).close()
    short = "?options=-c%20statement_timeout%3D500%20-c%20idle_in_transaction_session_timeout%3D500"

    def limited(url: str) -> str:
        return url if url.startswith("sqlite") else url + short

    copy(limited(filled), limited(target), Busy(lambda: time.sleep(0.8)))

    assert content_of(target) == content_of(filled)


HURT = {
    "a text that PostgreSQL cannot keep": (
        "UPDATE products SET custom_fields = 'a' || char(0) || 'b'",
        "refuses the row .* of products: .*NUL",
    ),
    "a text where a number belongs": (
        "UPDATE products SET quantity = 'many'",
        'takes no more rows in products: .*bigint: "many".* column quantity',
    ),
    "a number beyond its column": (
        "UPDATE integration_log SET response_status = 5000000000",
        "takes no more rows in integration_log: .*out of range",
    ),
    "a reference to nothing": (
        "INSERT INTO inventory VALUES ('none', 'none', 'x', 1, 'bulk_import', NULL, 0, 0)",
        "takes no more rows in inventory: .*inventory_",
    ),
    "bytes that are no text": (
        "UPDATE locations SET name = CAST(x'ff' AS TEXT)",
        "cannot be read in locations: .*utf-8",
    ),
    "bytes where a text belongs": (
        "UPDATE products SET custom_fields = x'7b7d'",
        "the table products differs|refuses the row",
    ),
}


@pytest.mark.parametrize(("hurting", "told"), HURT.values(), ids=HURT)
def test_a_row_that_postgresql_does_not_take_is_told_and_nothing_kept(
    tmp_path: Path, hurting: str, told: str
) -> None:
    source, target = a_database("sqlite", tmp_path, "source"), a_database("postgresql", tmp_path, "target")
    fill(source, a_product("SKU", at=START), a_location("A"), an_entry())
    execute(source, hurting)

    with pytest.raises(CopyFailed, match=f"{told}.*; nothing was kept"):
        copy(source, target)

    assert not any(content_of(target).values())


def test_a_sqlite_file_that_is_copied_stays_as_it_was(tmp_path: Path) -> None:
    source = a_database("sqlite", tmp_path, "source")
    fill(source, a_product("SKU"))
    execute(source, "PRAGMA journal_mode = delete")
    before = path_of(source).read_bytes()

    copy(source, a_database("sqlite", tmp_path, "target"))

    assert path_of(source).read_bytes() == before


def test_a_server_that_goes_away_is_named_and_nothing_kept(filled: str, target: str) -> None:
    server = filled if filled.startswith("postgresql") else target
    going = find_maintenance(server).place
    ends = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()"
    )

    with pytest.raises(CopyFailed, match=f"{re.escape(going)} .*terminating.*; nothing was kept"):
        copy(filled, target, Busy(lambda: execute(server, ends)))

    assert not any(content_of(target).values())
