import re
from collections.abc import Iterator
from contextlib import closing

import pytest

from adapters.persistence import (
    idempotency,
    inventory,
    keys,
    locations,
    log,
    order_items,
    orders,
    partners,
    products,
)
from adapters.persistence.lookups import holds, index_on
from adapters.persistence.postgresql import log as partitioned_log
from adapters.persistence.postgresql.server import PostgresServer
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.postgresql.url import read_url
from adapters.persistence.statements import Compiler, SqlValue, Statement
from adapters.persistence.tables import ProductRow
from core.entities.identifier import IdentifierField
from core.entities.resource import Resource
from core.ports.unit_of_work import Transactions
from tests.support.records import a_product, keep

NUMBERS = {"limit", "after_time", "since", "until", "before", "most"}
VALUES = {"list": '["a","b"]', "pairs": '[["a","b"]]', "is_active": True}


@pytest.fixture
def session(url: str) -> Iterator[PostgresSession]:
    """A connection that takes an index wherever there is one: the tables are empty."""
    with closing(PostgresServer(read_url(url)).open()) as session:
        for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            session.database.execute_sql(f"SET enable_{way} = off")
        yield session


def plan(session: PostgresSession, statement: Statement) -> str:
    sql = Compiler(session.database).compile(statement)
    values: dict[str, SqlValue] = {
        name: VALUES.get(name, 1 if name in NUMBERS else "1") for name in re.findall(r"%\((\w+)\)s", sql)
    }
    rows = session.database.connection().execute(f"EXPLAIN {sql}", values, prepare=False).fetchall()
    return "\n".join(row[0] for row in rows)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (keys._BY_HASH, "api_keys_secret_hash"),
        (partners.GET, "partners_pkey"),
        (orders._BY_NUMBER, "orders_order_number"),
        (orders._NUMBERED, "orders_order_number"),
        (orders._PAGE, "orders_newest"),
        (orders._PAGE_OF_STATUS, "orders_status_newest"),
        (order_items._OF_ONE, "order_items_pkey"),
        (order_items._OF_MANY, "order_items_pkey"),
        (products._ACTIVITY, "products_sku"),
        (products._PAGE, "products_active_newest"),
        (locations._KNOWN, "locations_code"),
        (locations._PAGE, "locations_active_newest"),
        (inventory._QUANTITIES, "inventory_pkey"),
        (inventory._PAGE, "inventory_newest"),
        (inventory._AT_LOCATION, "inventory_location_newest"),
        (inventory._OF_PRODUCT, "inventory_product_newest"),
        (log._GET, "integration_log_default_pkey"),
        (partitioned_log._GET_NEAR, "integration_log_default_"),
        (log._RECENT, "integration_log_default_received_at_id"),
        (partitioned_log._PURGE, "integration_log_default_received_at_id"),
        (idempotency._FIND, "idempotency_keys_pkey"),
        (idempotency._PURGE, "idempotency_keys_kept_at"),
    ],
)
def test_a_statement_finds_its_rows_by_an_index_in_order(
    session: PostgresSession, statement: Statement, index: str
) -> None:
    steps = plan(session, statement)

    assert index in steps
    assert "Seq Scan" not in steps
    if statement is not order_items._OF_MANY:
        assert "Sort  (" not in steps


@pytest.mark.parametrize("names", [("upc",), ("a b", "odd \" ' \\ % %s %(x)s {} name", "é"), ("0",)])
def test_an_index_made_for_a_path_is_used(session: PostgresSession, names: tuple[str, ...]) -> None:
    field = IdentifierField(Resource.PRODUCTS, "custom_fields", names)

    for _ in range(2):
        session.begin()
        session.define(index_on(ProductRow, field))
        session.commit()

    steps = plan(session, Statement(ProductRow.select().where(holds(ProductRow, field)).limit(2)))
    assert re.search(r"products_lookup_[0-9a-f]{16}", steps)


def test_what_stands_at_an_indexed_path_may_be_long(postgresql: Transactions) -> None:
    field = IdentifierField(Resource.PRODUCTS, "custom_fields", ("story",))
    long = "once upon a time " * 2000
    postgresql.run(lambda work: work.products.index(field))

    keep(postgresql, a_product("A", custom_fields={"story": long}))

    found = postgresql.read(lambda work: work.products.named(field, long))
    assert [product.sku for product in found] == ["A"]
