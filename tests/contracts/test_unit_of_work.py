from contextlib import suppress

from core.errors import RuleBroken, SkuTaken
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.clock import SettableClock
from tests.support.records import a_location, a_product, a_stock_record, an_order, keep, minutes


def skus(transactions: Transactions) -> set[str]:
    return set(transactions.read(lambda work: work.products.activity_of({"A", "B", "C", "D"})))


def test_what_a_refused_savepoint_did_is_undone_and_the_rest_stays(transactions: Transactions) -> None:
    def call(work: UnitOfWork) -> None:
        work.products.add(a_product("A"))
        with suppress(RuleBroken), work.savepoint():
            work.products.add(a_product("B"))
            raise RuleBroken("no")
        work.products.add(a_product("C"))

    transactions.run(call)

    assert skus(transactions) == {"A", "C"}


def test_savepoints_nest(transactions: Transactions) -> None:
    def call(work: UnitOfWork) -> None:
        with work.savepoint():
            work.products.add(a_product("A"))
            with suppress(RuleBroken), work.savepoint():
                work.products.add(a_product("B"))
                with work.savepoint():
                    work.products.add(a_product("C"))
                raise RuleBroken("no")
            with work.savepoint():
                work.products.add(a_product("D"))

    transactions.run(call)

    assert skus(transactions) == {"A", "D"}


def test_an_outer_savepoint_takes_back_what_inner_ones_kept(transactions: Transactions) -> None:
    def call(work: UnitOfWork) -> None:
        with suppress(RuleBroken), work.savepoint():
            with work.savepoint():
                work.products.add(a_product("A"))
            raise RuleBroken("no")

    transactions.run(call)

    assert skus(transactions) == set()


def test_a_savepoint_undoes_changes_and_deletions_too(transactions: Transactions) -> None:
    keep(transactions, a_product("A"), a_location("L"), a_stock_record("L", "A", 5))

    def call(work: UnitOfWork) -> None:
        with suppress(RuleBroken), work.savepoint():
            work.products.set_active({"A"}, active=False, at=minutes(1))
            work.inventory.put([a_stock_record("L", "A", 9)])
            raise RuleBroken("no")

    transactions.run(call)

    assert transactions.read(lambda work: work.products.activity_of({"A"})) == {"A": True}
    (record,) = transactions.read(lambda work: work.inventory.page(None, 9))
    assert record.quantity == 5


def test_after_a_refused_constraint_the_transaction_goes_on(transactions: Transactions) -> None:
    keep(transactions, a_product("A"))

    def call(work: UnitOfWork) -> None:
        with suppress(SkuTaken), work.savepoint():
            work.products.add(a_product("B"))
            work.products.add(a_product("A"))
        work.products.add(a_product("C"))

    transactions.run(call)

    assert skus(transactions) == {"A", "C"}


def test_a_call_sees_what_it_did(transactions: Transactions) -> None:
    def call(work: UnitOfWork) -> bool:
        work.orders.add(an_order("PO-1"))
        return work.orders.by_number(None, "PO-1") is not None

    assert transactions.run(call)


def test_a_call_has_the_clock_and_the_ids(transactions: Transactions, clock: SettableClock) -> None:
    clock.set(minutes(5))

    told, first, second = transactions.run(
        lambda work: (work.clock.now(), work.ids.new_id(), work.ids.new_id())
    )

    assert told == minutes(5)
    assert first < second
