import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError
from typing import TypeVar

import attrs
import psycopg
import pytest

from adapters.persistence.postgresql.runner import MOST_ATTEMPTS
from adapters.persistence.postgresql.transactions import PostgresTransactions
from core.entities.resource import Resource
from core.errors import OrderNumberTaken, ServiceUnavailable
from core.ports.unit_of_work import UnitOfWork
from tests.support.clock import START
from tests.support.disturbed_server import DisturbedServer
from tests.support.records import (
    a_key,
    a_location,
    a_mapping,
    a_partner,
    a_product,
    a_stock_record,
    an_item,
    an_order,
    keep,
)

T = TypeVar("T")


class Meeting:
    """Two calls that wait for each other where they first get to, and not when they run again."""

    def __init__(self) -> None:
        self._barrier = Barrier(2)

    def wait(self) -> None:
        try:
            self._barrier.wait(0.5)
        except BrokenBarrierError:
            return


def at_once(transactions: PostgresTransactions, *calls: Callable[[UnitOfWork], T]) -> list[T]:
    async def submit_all() -> list[T]:
        return await asyncio.gather(*(transactions.submit(call) for call in calls))

    return asyncio.run(submit_all())


def test_of_two_that_change_one_order_none_loses_what_the_other_did(postgresql: PostgresTransactions) -> None:
    keep(postgresql, an_order("PO-1"))
    meeting = Meeting()

    def set_field(name: str, work: UnitOfWork) -> None:
        order = work.orders.by_number(None, "PO-1")
        assert order is not None
        meeting.wait()
        setattr(order, name, "set")
        work.orders.save(order)

    at_once(postgresql, lambda work: set_field("notes", work), lambda work: set_field("customer_name", work))

    (order,) = postgresql.read(lambda work: work.orders.numbered("PO-1"))
    assert (order.notes, order.customer_name) == ("set", "set")


def test_of_two_upserts_of_a_new_order_the_loser_finds_the_winners(postgresql: PostgresTransactions) -> None:
    meeting = Meeting()

    def upsert(name: str, work: UnitOfWork) -> str:
        there = work.orders.by_number(None, "PO-1")
        meeting.wait()
        if there is None:
            work.orders.add(an_order("PO-1", customer_name=name))
            return "created"
        there.notes = name
        work.orders.save(there)
        return "updated"

    outcomes = at_once(postgresql, lambda work: upsert("one", work), lambda work: upsert("two", work))

    (order,) = postgresql.read(lambda work: work.orders.numbered("PO-1"))
    assert sorted(outcomes) == ["created", "updated"]
    assert {order.customer_name, order.notes} == {"one", "two"}


def test_of_two_that_add_one_number_the_loser_is_told_that_it_is_taken(
    postgresql: PostgresTransactions,
) -> None:
    meeting = Meeting()

    def add(work: UnitOfWork) -> str:
        work.settings.get("begin")
        meeting.wait()
        try:
            work.orders.add(an_order("PO-1"))
        except OrderNumberTaken:
            return "taken"
        return "added"

    assert sorted(at_once(postgresql, add, add)) == ["added", "taken"]


def test_a_revocation_is_not_undone_by_a_rotation_at_the_same_time(postgresql: PostgresTransactions) -> None:
    keep(postgresql, a_key("till"))
    meeting = Meeting()

    def change(work: UnitOfWork, **fields: object) -> None:
        key = work.keys.by_name("till")
        assert key is not None
        meeting.wait()
        work.keys.save(attrs.evolve(key, **fields))

    at_once(
        postgresql,
        lambda work: change(work, is_active=False),
        lambda work: change(work, secret_hash="new hash"),
    )

    key = postgresql.read(lambda work: work.keys.by_name("till"))
    assert key is not None
    assert (key.is_active, key.secret_hash) == (False, "new hash")


def test_two_mappings_saved_at_once_get_two_versions(postgresql: PostgresTransactions) -> None:
    keep(postgresql, a_partner("acme"), a_mapping(1))
    meeting = Meeting()

    def save(work: UnitOfWork) -> int:
        number = len(work.mappings.history("acme", Resource.ORDERS)) + 1
        meeting.wait()
        work.mappings.add(a_mapping(number))
        return number

    assert sorted(at_once(postgresql, save, save)) == [2, 3]


def test_one_pair_put_by_many_at_once_is_new_once(postgresql: PostgresTransactions) -> None:
    keep(postgresql, a_product("A"), a_location("L"))

    with ThreadPoolExecutor(24) as pool:
        new = list(
            pool.map(
                lambda number: postgresql.run(
                    lambda work: work.inventory.put([a_stock_record("L", "A", number)])
                ),
                range(48),
            )
        )

    assert sum(new) == 1
    assert len(postgresql.read(lambda work: work.inventory.page(None, 9))) == 1


def test_stock_put_in_opposite_orders_at_once_is_all_kept(postgresql: PostgresTransactions) -> None:
    skus = [f"SKU-{number}" for number in range(40)]
    keep(postgresql, a_location("L"), *map(a_product, skus))

    def put(names: list[str], quantity: int) -> Callable[[UnitOfWork], int]:
        return lambda work: work.inventory.put([a_stock_record("L", sku, quantity) for sku in names])

    at_once(postgresql, *(put(skus[::step], step + 2) for step in (1, -1) * 10))

    kept = postgresql.read(lambda work: work.inventory.page(None, 99))
    assert len(kept) == 40
    assert len({record.quantity for record in kept}) == 1


def test_a_flood_of_unknown_keys_is_counted_to_the_last(postgresql: PostgresTransactions) -> None:
    def count(number: int) -> None:
        postgresql.run(lambda work: work.key_activity.count_unknown("INVALID_API_KEY", START, f"id-{number}"))

    with ThreadPoolExecutor(24) as pool:
        list(pool.map(count, range(120)))

    (activity,) = postgresql.read(lambda work: work.key_activity.recent(9))
    assert activity.count == 120


def test_two_that_wait_for_each_other_both_come_to_their_end(postgresql: PostgresTransactions) -> None:
    keep(postgresql, an_order("A"), an_order("B"))
    meeting = Meeting()

    def change(first: str, second: str, work: UnitOfWork) -> None:
        for number in (first, second):
            order = work.orders.by_number(None, number)
            assert order is not None
            order.notes = (order.notes or "") + first
            work.orders.save(order)
            meeting.wait()

    at_once(postgresql, lambda work: change("A", "B", work), lambda work: change("B", "A", work))

    for number in ("A", "B"):
        (order,) = postgresql.read(lambda work, number=number: work.orders.numbered(number))  # type: ignore[misc]
        assert sorted(order.notes or "") == ["A", "B"]


def test_a_call_that_always_loses_gives_up_and_leaves_nothing(
    postgresql: PostgresTransactions, server: DisturbedServer
) -> None:
    attempts = []

    def lose(sql: str, _: int) -> None:
        if "INSERT INTO" in sql:
            attempts.append(sql)
            raise psycopg.errors.SerializationFailure

    server.watchers.append(lose)

    with pytest.raises(ServiceUnavailable):
        keep(postgresql, an_order("PO-1"))

    assert len(attempts) == MOST_ATTEMPTS
    server.watchers.clear()
    keep(postgresql, an_order("PO-1", items=[]))


def test_a_call_cannot_swallow_a_conflict(postgresql: PostgresTransactions, server: DisturbedServer) -> None:
    losses = iter([psycopg.errors.SerializationFailure()])

    def lose_once(sql: str, _: int) -> None:
        if "INSERT INTO" in sql and (loss := next(losses, None)):
            raise loss

    def add_and_go_on(work: UnitOfWork) -> str:
        try:
            work.orders.add(an_order("PO-1"))
        except ServiceUnavailable:
            return "swallowed"
        return "added"

    server.watchers.append(lose_once)

    assert postgresql.run(add_and_go_on) == "added"
    assert postgresql.read(lambda work: len(work.orders.numbered("PO-1"))) == 1


def test_a_call_that_goes_on_after_a_failed_statement_is_told_so(postgresql: PostgresTransactions) -> None:
    keep(postgresql, a_product("A"))

    def go_on(work: UnitOfWork) -> None:
        order = an_order("PO-1", items=[an_item("UNKNOWN")])
        try:
            work.orders.add(order)
        except psycopg.errors.ForeignKeyViolation:
            return

    with pytest.raises(RuntimeError, match="after a statement had failed"):
        postgresql.run(go_on)

    assert postgresql.read(lambda work: work.orders.numbered("PO-1")) == []
