import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from core.entities.order import Order
from core.errors import OrderNumberTaken, RuleBroken, ServiceUnavailable
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.records import a_product, an_item, an_order, keep


def order_of(transactions: Transactions, number: str) -> Order | None:
    return transactions.read(lambda work: work.orders.by_number(None, number))


def numbers(transactions: Transactions) -> list[str]:
    return [order.order_number for order in transactions.read(lambda work: work.orders.page(None, None, 999))]


def add(number: str, work: UnitOfWork) -> str:
    work.orders.add(an_order(number))
    return number


def add_and_refuse(number: str, work: UnitOfWork) -> None:
    add(number, work)
    raise RuleBroken("no")


def test_a_call_is_done_when_its_result_is_there(transactions: Transactions) -> None:
    assert transactions.run(lambda work: add("PO-1", work)) == "PO-1"
    assert order_of(transactions, "PO-1") is not None


def test_a_refused_call_leaves_nothing_behind(transactions: Transactions) -> None:
    with pytest.raises(RuleBroken):
        transactions.run(lambda work: add_and_refuse("PO-1", work))

    assert order_of(transactions, "PO-1") is None


def test_of_calls_that_came_together_each_has_its_own_outcome(transactions: Transactions) -> None:
    calls = [
        partial(add, "PO-1"),
        partial(add_and_refuse, "PO-2"),
        partial(add, "PO-1"),
        partial(add, "PO-3"),
    ]

    one, refused, same, last = transactions.run_together(calls)

    assert last == "PO-3"
    assert isinstance(refused, RuleBroken)
    assert {type(one), type(same)} == {str, OrderNumberTaken}
    assert sorted(numbers(transactions)) == ["PO-1", "PO-3"]


def test_more_calls_than_a_group_holds_are_all_carried_out(transactions: Transactions) -> None:
    results = transactions.run_together([partial(add, f"PO-{number}") for number in range(150)])

    assert results == [f"PO-{number}" for number in range(150)]
    assert len(numbers(transactions)) == 150


def test_no_calls_together_are_nothing(transactions: Transactions) -> None:
    assert transactions.run_together([]) == []


def test_calls_that_came_together_after_the_end_are_told_so(transactions: Transactions) -> None:
    transactions.close()

    (told,) = transactions.run_together([partial(add, "PO-1")])

    assert isinstance(told, ServiceUnavailable)


@pytest.mark.parametrize(
    "error", [ValueError("bug"), StopIteration(), KeyError("x"), AssertionError(), SystemExit(3)]
)
def test_an_unforeseen_exception_undoes_the_call_and_reaches_its_caller(
    transactions: Transactions, error: BaseException
) -> None:
    def call(work: UnitOfWork) -> None:
        add("PO-1", work)
        raise error

    with pytest.raises((type(error), RuntimeError)):
        transactions.run(call)

    assert order_of(transactions, "PO-1") is None
    assert transactions.run(lambda work: add("PO-2", work)) == "PO-2"


def test_of_many_submitted_at_once_only_the_refused_leave_nothing(transactions: Transactions) -> None:
    async def submit_all() -> list[object]:
        calls = [
            transactions.submit(partial(add_and_refuse if number % 7 == 3 else add, f"PO-{number}"))
            for number in range(200)
        ]
        return await asyncio.gather(*calls, return_exceptions=True)

    results = asyncio.run(submit_all())

    kept = [f"PO-{number}" for number in range(200) if number % 7 != 3]
    assert sorted(numbers(transactions)) == sorted(kept)
    assert [result for result in results if isinstance(result, str)] == kept
    assert sum(isinstance(result, RuleBroken) for result in results) == 200 - len(kept)


@pytest.mark.parametrize("error", [ValueError("bug"), StopIteration()])
def test_a_submitted_call_that_fails_keeps_no_other_from_its_answer(
    transactions: Transactions, error: Exception
) -> None:
    def call(work: UnitOfWork) -> None:
        raise error

    async def submit_both() -> list[object]:
        failing, fine = transactions.submit(call), transactions.submit(lambda work: add("PO-1", work))
        return await asyncio.wait_for(asyncio.gather(failing, fine, return_exceptions=True), 5)

    failed, done = asyncio.run(submit_both())

    assert isinstance(failed, ValueError | RuntimeError)
    assert done == "PO-1"


def test_a_submitted_call_is_done_when_it_is_awaited(transactions: Transactions) -> None:
    async def submit_and_look() -> Order | None:
        await transactions.submit(lambda work: add("PO-1", work))
        return order_of(transactions, "PO-1")

    assert asyncio.run(submit_and_look()) is not None


def test_a_caller_that_went_away_stops_nobody(transactions: Transactions) -> None:
    async def leave() -> None:
        abandoned = asyncio.ensure_future(transactions.submit(lambda work: add("PO-1", work)))
        abandoned.cancel()
        await asyncio.gather(abandoned, return_exceptions=True)

    asyncio.run(leave())

    assert transactions.run(lambda work: add("PO-2", work)) == "PO-2"


def test_an_event_loop_that_ended_stops_nobody(transactions: Transactions) -> None:
    async def leave_at_once() -> None:
        transactions.submit(lambda work: add("PO-1", work))

    asyncio.run(leave_at_once())

    assert transactions.run(lambda work: add("PO-2", work)) == "PO-2"
    ends = monotonic() + 5
    while order_of(transactions, "PO-1") is None:
        assert monotonic() < ends, "nobody ran what the loop left behind"
        sleep(0.01)


def test_of_48_that_add_one_number_at_once_exactly_one_succeeds(transactions: Transactions) -> None:
    keep(transactions, a_product("A"))

    def attempt(_: int) -> bool:
        order = an_order("PO-1", items=[an_item("A"), an_item("A")])
        try:
            keep(transactions, order)
        except OrderNumberTaken:
            return False
        return True

    with ThreadPoolExecutor(48) as pool:
        outcomes = list(pool.map(attempt, range(48)))

    found = order_of(transactions, "PO-1")
    assert outcomes.count(True) == 1
    assert numbers(transactions) == ["PO-1"]
    assert found is not None
    assert len(found.items) == 2


def test_a_read_sees_nothing_of_a_call_that_is_not_done(transactions: Transactions) -> None:
    added, go_on = Event(), Event()

    def add_slowly(work: UnitOfWork) -> None:
        add("PO-1", work)
        added.set()
        assert go_on.wait(5)

    writer = Thread(target=lambda: transactions.run(add_slowly))
    writer.start()
    assert added.wait(5)

    during = order_of(transactions, "PO-1")
    go_on.set()
    writer.join()

    assert during is None
    assert order_of(transactions, "PO-1") is not None


def test_a_read_keeps_its_view_whatever_is_committed_meanwhile(transactions: Transactions) -> None:
    transactions.run(lambda work: add("PO-1", work))

    def look_twice(work: UnitOfWork) -> tuple[int, int]:
        before = len(work.orders.page(None, None, 99))
        transactions.run(lambda other: add("PO-2", other))
        return before, len(work.orders.page(None, None, 99))

    assert transactions.read(look_twice) == (1, 1)
    assert len(numbers(transactions)) == 2


def test_a_read_that_raises_says_so_and_the_next_one_works(transactions: Transactions) -> None:
    def fail(work: UnitOfWork) -> None:
        raise RuleBroken("no")

    for _ in range(10):
        with pytest.raises(RuleBroken):
            transactions.read(fail)

    assert numbers(transactions) == []


def test_many_threads_read_at_once(transactions: Transactions) -> None:
    keep(transactions, *(an_order(f"PO-{number}") for number in range(20)))

    with ThreadPoolExecutor(16) as pool:
        counts = list(pool.map(lambda _: len(numbers(transactions)), range(64)))

    assert set(counts) == {20}


def test_storage_is_ready_until_it_is_closed(transactions: Transactions) -> None:
    before = transactions.ready()
    transactions.close()

    assert (before, transactions.ready()) == (True, False)


def test_closed_storage_takes_no_more_calls(transactions: Transactions) -> None:
    transactions.close()
    transactions.close()

    with pytest.raises(ServiceUnavailable):
        transactions.run(lambda work: add("PO-1", work))
    with pytest.raises(ServiceUnavailable):
        transactions.read(lambda work: None)


def test_a_refused_submission_is_told_where_it_is_awaited_or_at_once(transactions: Transactions) -> None:
    transactions.close()

    async def submit() -> None:
        await transactions.submit(lambda work: add("PO-1", work))

    with pytest.raises(ServiceUnavailable):
        asyncio.run(submit())
