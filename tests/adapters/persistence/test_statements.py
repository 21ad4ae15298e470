import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import peewee
import pytest
from playhouse.apsw_ext import APSWDatabase

from adapters import persistence
from adapters.persistence.database import DatabaseFile
from adapters.persistence.lookups import forms_of, holds, index_on
from adapters.persistence.session import Session
from adapters.persistence.statements import Compiler, Slot, Statement
from adapters.persistence.tables import OrderRow, ProductRow
from adapters.persistence.transactions import SqliteTransactions
from core.entities.identifier import IdentifierField
from core.entities.integration_log import LogFilter
from core.entities.resource import Resource
from core.ports.unit_of_work import UnitOfWork
from tests.support.clock import START
from tests.support.records import (
    a_key,
    a_location,
    a_mapping,
    a_partner,
    a_product,
    a_publication,
    a_request,
    a_stock_record,
    an_activity,
    an_entry,
    an_item,
    an_order,
    an_outcome,
    keep,
)
from tests.support.watched_file import WatchedFile

NUMBER = IdentifierField(Resource.ORDERS, "order_number")
EXTERNAL_ID = IdentifierField(Resource.ORDERS, "external_order_id")
UPC = IdentifierField(Resource.PRODUCTS, "custom_fields", ("upc",))
NO_TABLES = ("SCAN json_each", "SCAN CONSTANT ROW", "SCAN sqlite_schema")
WHOLE_LISTS = ("keys._ALL", "partners._ALL", "migrate._APPLIED")


def statements() -> Iterator[tuple[str, Statement]]:
    for module in pkgutil.iter_modules(persistence.__path__):
        if not module.ispkg:
            names = vars(importlib.import_module(f"{persistence.__name__}.{module.name}")).items()
            yield from ((f"{module.name}.{name}", one) for name, one in names if isinstance(one, Statement))


STATEMENTS = dict(statements())


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with closing(DatabaseFile(path).open()) as session:
        yield session


def plan(session: Session, statement: Statement) -> list[str]:
    sql = Compiler(session.database).compile(statement)
    values = dict.fromkeys(re.findall(r":(\w+)", sql), "1")
    connection = session.database.connection()
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]


def work_through(work: UnitOfWork, mark: str) -> None:
    """What requests do, once each."""
    order = an_order(mark, "acme", external_order_id=mark, metadata={"ref": mark}, items=[an_item("A", 2)])
    work.orders.add(order)
    work.products.activity_of({"A", "B"})
    order.verify("A", 1, START)
    work.orders.save(order)
    work.orders.replace_items(order)
    work.products.add(product := a_product(mark, custom_fields={"upc": mark}))
    work.products.save(product)
    work.products.set_active({mark}, active=False, at=START)
    work.locations.add(location := a_location(mark))
    work.locations.save(location)
    work.inventory.put([a_stock_record(mark, "A")])
    work.keys.add(key := a_key(mark))
    work.keys.save(key)
    work.keys.delete(key)
    work.key_activity.add(an_activity())
    work.key_activity.count_unknown("INVALID_API_KEY", START, mark)
    work.log.add(an_entry())
    work.settings.put_if_absent("secret", mark)
    for _ in range(2):
        work.idempotency.begin(a_request(mark), START)
        work.idempotency.keep(an_outcome(mark))
    with work.savepoint():
        look_around(work, mark)


def look_around(work: UnitOfWork, mark: str) -> None:
    """What requests and pages read, once each."""
    work.keys.by_hash("hash of till")
    work.keys.by_name("till")
    work.keys.all()
    work.partners.get("acme")
    work.partners.all()
    work.mappings.current_version("acme", Resource.ORDERS)
    work.mappings.get("acme", Resource.ORDERS, 1)
    work.mappings.history("acme", Resource.ORDERS)
    work.mappings.last_version("acme", Resource.ORDERS)
    work.mappings.publications("acme", Resource.ORDERS)
    for field in (NUMBER, EXTERNAL_ID, IdentifierField(Resource.ORDERS, "metadata", ("ref",))):
        work.orders.named(field, mark, "acme")
        work.orders.named(field, mark, None)
    work.orders.by_number("acme", mark)
    work.orders.numbered(mark)
    work.orders.page(None, None, 50)
    work.orders.page(work.orders.numbered("FIRST")[0].status, None, 50)
    work.products.named(UPC, mark)
    work.products.page(True, None, 50)
    work.locations.named(IdentifierField(Resource.LOCATIONS, "code"), mark)
    work.locations.known({mark})
    work.locations.page(True, None, 50)
    work.inventory.quantities([(mark, "A")])
    work.inventory.page(None, 50)
    work.inventory.at_location(mark, None, None)
    work.inventory.of_product("A", None, 5)
    work.key_activity.recent(5)
    list(work.log.recent(LogFilter(), 5))
    work.log.get("unknown")
    work.settings.get("secret")


def test_no_request_builds_or_compiles_a_query(
    sqlite: SqliteTransactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sqlite, a_partner("acme"), a_key("till"), a_product("A"), a_mapping(), an_order("FIRST"))
    keep(sqlite, a_publication())
    sqlite.run(lambda work: work_through(work, "warm"))
    for _ in range(8):
        sqlite.read(lambda work: look_around(work, "warm"))
    compiled: list[object] = []
    begin: Callable[..., None] = peewee.Context.__init__

    def noted(context: peewee.Context, **settings: object) -> None:
        compiled.append(context)
        begin(context, **settings)

    monkeypatch.setattr(peewee.Context, "__init__", noted)

    sqlite.run(lambda work: work_through(work, "again"))
    sqlite.read(lambda work: look_around(work, "again"))

    assert compiled == []
    Compiler(APSWDatabase(None)).compile(Statement(OrderRow.select()))
    assert len(compiled) == 1


def test_an_audited_read_of_an_order_takes_one_statement_for_each_thing_asked(
    sqlite: SqliteTransactions, file: WatchedFile
) -> None:
    keep(sqlite, a_partner("acme"), a_key("till"), a_product("A"))
    keep(sqlite, an_order("PO-1", "acme", items=[an_item("A"), an_item("A"), an_item("A")]))

    def read(work: UnitOfWork) -> None:
        work.keys.by_hash("hash of till")
        work.partners.get("acme")
        work.orders.named(NUMBER, "PO-1", "acme")
        work.log.add(an_entry())

    sqlite.run(read)
    told: list[str] = []
    file.watchers.append(told.append)
    sqlite.run(read)

    words = [sql.split()[0] for sql in told]
    assert words == ["BEGIN", *["SELECT"] * 4, "INSERT", "COMMIT"]


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_finds_its_rows_by_an_index_in_order(session: Session, name: str) -> None:
    steps = plan(session, STATEMENTS[name])

    scanned = [step for step in steps if step.startswith("SCAN") and not step.startswith(NO_TABLES)]
    if name not in WHOLE_LISTS and name != "key_activity._RECENT":
        assert scanned == []
    if name not in WHOLE_LISTS:
        assert not any("TEMP B-TREE" in step for step in steps)


@pytest.mark.parametrize(
    ("field", "index"), [(NUMBER, "orders_order_number"), (EXTERNAL_ID, "orders_external_order_id")]
)
def test_orders_are_named_by_an_index_with_and_without_a_partner(
    session: Session, field: IdentifierField, index: str
) -> None:
    anyones = Statement(OrderRow.select().where(holds(OrderRow, field)))

    assert plan(session, anyones) == [f"SEARCH t1 USING INDEX {index} ({field.name}=?)"]


@pytest.mark.parametrize("names", [("upc",), ("a b", "odd \" ' \\ name", "é"), ("0",)])
def test_an_index_made_for_a_path_is_used(session: Session, names: tuple[str, ...]) -> None:
    field = IdentifierField(Resource.PRODUCTS, "custom_fields", names)
    named = Statement(ProductRow.select().where(holds(ProductRow, field)).limit(2))
    before = plan(session, named)

    session.execute(index_on(ProductRow, field))
    session.execute(index_on(ProductRow, field))

    assert before == ["SCAN t1"]
    (step,) = plan(session, named)
    assert re.fullmatch(r"SEARCH t1 USING INDEX products_lookup_[0-9a-f]{16} \(<expr>=\?\)", step)


def test_each_path_has_an_index_of_its_own(session: Session) -> None:
    paths = [("upc",), ("upc", "upc"), ("upc\nupc",), ("UPC",)]
    for path in paths:
        session.execute(index_on(ProductRow, IdentifierField(Resource.PRODUCTS, "custom_fields", path)))

    indexes = session.database.get_indexes("products")

    assert sum(index.name.startswith("products_lookup_") for index in indexes) == len(paths)


def test_a_value_that_is_no_number_is_looked_for_as_a_text_only() -> None:
    assert set(forms_of(UPC, "true").values()) == {'"true"'}
    assert set(forms_of(UPC, "5.0").values()) == {'"5.0"'}
    assert forms_of(UPC, "5") == {"text": '"5"', "number": "5", "whole_number": "5.0"}


def test_a_statement_binds_nothing_but_its_slots(session: Session) -> None:
    compiler = Compiler(session.database)

    sql = compiler.compile(
        Statement(ProductRow.select(ProductRow.id).where(ProductRow.sku == Slot("sku")).limit(2))
    )

    assert sql == 'SELECT "t1"."id" FROM "products" AS "t1" WHERE ("t1"."sku" = :sku) LIMIT 2'
