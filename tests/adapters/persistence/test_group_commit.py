import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import apsw
import pytest

from adapters.persistence import waiting
from adapters.persistence.transactions import SqliteTransactions
from core.errors import RuleBroken, ServiceUnavailable
from core.ports.unit_of_work import UnitOfWork
from tests.support.clock import START
from tests.support.records import a_request, an_entry, an_order, an_outcome
from tests.support.watched_file import WatchedFile


def add(number: str) -> Callable[[UnitOfWork], str]:
    def call(work: UnitOfWork) -> str:
        work.orders.add(an_order(number))
        return number

    return call


def refuse(work: UnitOfWork) -> None:
    work.orders.add(an_order("REFUSED"))
    raise RuleBroken("no")


def numbers(transactions: SqliteTransactions) -> set[str]:
    orders = transactions.read(lambda work: work.orders.page(None, None, 9999))
    return {order.order_number for order in orders}


@contextmanager
def busy_writer(transactions: SqliteTransactions) -> Iterator[None]:
    """While inside, the writer is in a call, so that everything submitted waits."""
    entered, leave = Event(), Event()

    def wait(work: UnitOfWork) -> None:
        entered.set()
        assert leave.wait(10)

    busy = Thread(target=transactions.run, args=(wait,))
    busy.start()
    assert entered.wait(5)
    try:
        yield
    finally:
        leave.set()
        busy.join()


def submit_together(
    transactions: SqliteTransactions, calls: list[Callable[[UnitOfWork], object]]
) -> list[object]:
    """Submit the calls while the writer is busy, so that it takes them together."""

    async def submit_all() -> list[object]:
        with busy_writer(transactions):
            waiting = [transactions.submit(call) for call in calls]
        return await asyncio.gather(*waiting, return_exceptions=True)

    return asyncio.run(submit_all())


def count_words(file: WatchedFile) -> Counter[str]:
    words: Counter[str] = Counter()
    file.watchers.append(lambda sql: words.update([sql]))
    return words


def test_calls_that_wait_together_are_committed_together(
    sqlite: SqliteTransactions, file: WatchedFile
) -> None:
    words = count_words(file)

    results = submit_together(sqlite, [add(f"PO-{number}") for number in range(40)])

    assert results == [f"PO-{number}" for number in range(40)]
    assert words["BEGIN IMMEDIATE"] == words["COMMIT"] == 2
    assert words["SAVEPOINT call"] == 0


def test_a_group_is_bounded(sqlite: SqliteTransactions, file: WatchedFile) -> None:
    words = count_words(file)

    submit_together(sqlite, [add(f"PO-{number}") for number in range(130)])

    assert words["COMMIT"] == 1 + 3
    assert len(numbers(sqlite)) == 130


def test_a_refused_call_takes_nothing_of_its_group_with_it(
    sqlite: SqliteTransactions, file: WatchedFile
) -> None:
    words = count_words(file)

    first, refused, last = submit_together(sqlite, [add("PO-1"), refuse, add("PO-2")])

    assert (first, last) == ("PO-1", "PO-2")
    assert isinstance(refused, RuleBroken)
    assert (words["ROLLBACK"], words["SAVEPOINT call"]) == (1, 3)
    assert numbers(sqlite) == {"PO-1", "PO-2"}


def test_a_call_refused_before_it_wrote_anything_leaves_its_group_alone(
    sqlite: SqliteTransactions, file: WatchedFile
) -> None:
    def look_and_refuse(work: UnitOfWork) -> None:
        work.orders.page(None, None, 1)
        work.products.activity_of({"UNKNOWN"})
        raise RuleBroken("no")

    words = count_words(file)

    first, refused, last = submit_together(sqlite, [add("PO-1"), look_and_refuse, add("PO-2")])

    assert (first, last) == ("PO-1", "PO-2")
    assert isinstance(refused, RuleBroken)
    assert (words["ROLLBACK"], words["SAVEPOINT call"]) == (0, 0)
    assert numbers(sqlite) == {"PO-1", "PO-2"}


def test_a_savepoint_inside_a_call_is_undone_and_the_call_goes_on(sqlite: SqliteTransactions) -> None:
    def half(work: UnitOfWork) -> str:
        work.orders.add(an_order("KEPT"))
        with suppress(RuleBroken), work.savepoint():
            refuse(work)
        return "done"

    results = submit_together(sqlite, [add("PO-1"), half])

    assert results == ["PO-1", "done"]
    assert numbers(sqlite) == {"PO-1", "KEPT"}


def test_a_failed_commit_fails_its_whole_group_and_no_other(
    sqlite: SqliteTransactions, file: WatchedFile
) -> None:
    sqlite.run(add("BEFORE"))
    commits = iter([None, apsw.IOError("disk I/O error")])

    def disturb(sql: str) -> None:
        error = next(commits, None) if sql == "COMMIT" else None
        if error is not None:
            raise error

    file.watchers.append(disturb)

    results = submit_together(sqlite, [add("PO-1"), refuse, add("PO-2")])

    assert [type(result) for result in results] == [ServiceUnavailable] * 3
    assert numbers(sqlite) == {"BEFORE"}
    assert sqlite.run(add("PO-1")) == "PO-1"
    assert numbers(sqlite) == {"BEFORE", "PO-1"}


def test_a_full_disk_fails_the_whole_group_and_leaves_nothing_half_done(
    sqlite: SqliteTransactions, file: WatchedFile
) -> None:
    sqlite.run(add("BEFORE"))

    def fill(work: UnitOfWork) -> None:
        connection: apsw.Connection = file.sessions[0].database.connection()
        connection.execute("PRAGMA max_page_count = 1")
        work.log.add(an_entry(raw_payload=bytes(1_000_000)))

    results = submit_together(sqlite, [add("PO-1"), fill, add("PO-2")])

    assert all(isinstance(result, ServiceUnavailable) for result in results)
    assert numbers(sqlite) == {"BEFORE"}
    assert sqlite.run(add("PO-1")) == "PO-1"


def test_a_call_cannot_swallow_an_outage(sqlite: SqliteTransactions, file: WatchedFile) -> None:
    def fill_and_go_on(work: UnitOfWork) -> str:
        work.orders.add(an_order("HALF"))
        connection: apsw.Connection = file.sessions[0].database.connection()
        connection.execute("PRAGMA max_page_count = 1")
        with suppress(ServiceUnavailable):
            work.log.add(an_entry(raw_payload=bytes(1_000_000)))
        return "fine"

    results = submit_together(sqlite, [add("PO-1"), fill_and_go_on, add("PO-2")])

    assert all(isinstance(result, ServiceUnavailable) for result in results)
    assert numbers(sqlite) == set()


def test_a_bug_of_the_writer_fails_the_group_and_not_the_thread(
    sqlite: SqliteTransactions, file: WatchedFile
) -> None:
    bugs = iter([ZeroDivisionError("bug")])

    def once(sql: str) -> None:
        bug = next(bugs, None) if sql == "BEGIN IMMEDIATE" else None
        if bug is not None:
            raise bug

    file.watchers.append(once)

    with pytest.raises(ServiceUnavailable) as caught:
        sqlite.run(add("PO-1"))

    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert sqlite.run(add("PO-2")) == "PO-2"


def test_a_connection_that_cannot_even_be_closed_stops_nobody(
    sqlite: SqliteTransactions, file: WatchedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite.run(add("PO-1"))
    close = file.sessions[0].close

    def close_and_fail() -> None:
        close()
        raise apsw.IOError("disk I/O error")

    monkeypatch.setattr(file.sessions[0], "close", close_and_fail)
    errors = iter([apsw.IOError("disk I/O error")])

    def disturb(sql: str) -> None:
        error = next(errors, None) if sql == "COMMIT" else None
        if error is not None:
            raise error

    file.watchers.append(disturb)

    with pytest.raises(ServiceUnavailable):
        sqlite.run(add("PO-2"))

    assert sqlite.run(add("PO-3")) == "PO-3"


def test_too_many_waiting_calls_are_refused(sqlite: SqliteTransactions) -> None:
    async def flood() -> list[object]:
        with busy_writer(sqlite):
            waiting = [sqlite.submit(add(f"PO-{number}")) for number in range(2100)]
            await asyncio.sleep(0)
        return await asyncio.gather(*waiting, return_exceptions=True)

    refused = [answer for answer in asyncio.run(flood()) if isinstance(answer, ServiceUnavailable)]

    assert len(refused) == 100
    assert len(numbers(sqlite)) == 2000


def test_a_call_that_waits_too_long_is_refused_although_the_writer_is_busy(
    sqlite: SqliteTransactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "WAITING_SECONDS", 0.1)

    async def wait_too_long() -> None:
        with busy_writer(sqlite):
            await asyncio.wait_for(asyncio.ensure_future(sqlite.submit(add("LATE"))), 5)

    with pytest.raises(ServiceUnavailable):
        asyncio.run(wait_too_long())

    assert numbers(sqlite) == set()


def test_closing_finishes_what_was_submitted(sqlite: SqliteTransactions) -> None:
    async def submit_and_close() -> list[str]:
        with busy_writer(sqlite):
            waiting = [sqlite.submit(add(f"PO-{number}")) for number in range(100)]
        await asyncio.to_thread(sqlite.close)
        return await asyncio.gather(*waiting)

    assert len(asyncio.run(submit_and_close())) == 100


def test_a_call_that_runs_another_is_refused_instead_of_waiting_for_ever(sqlite: SqliteTransactions) -> None:
    with pytest.raises(RuntimeError, match="cannot wait"):
        sqlite.run(lambda work: sqlite.run(add("PO-1")))


def test_a_call_cannot_write_on_a_reader(sqlite: SqliteTransactions) -> None:
    with pytest.raises(ServiceUnavailable):
        sqlite.read(add("PO-1"))

    assert numbers(sqlite) == set()


def test_of_requests_under_one_idempotency_key_in_a_group_the_first_is_carried_out(
    sqlite: SqliteTransactions,
) -> None:
    def request(number: int) -> Callable[[UnitOfWork], str]:
        def call(work: UnitOfWork) -> str:
            if work.idempotency.begin(a_request(), START) is not None:
                return "told again"
            work.orders.add(an_order(f"PO-{number}"))
            work.idempotency.keep(an_outcome())
            return "carried out"

        return call

    results = submit_together(sqlite, [request(number) for number in range(5)])

    assert results == ["carried out", *["told again"] * 4]
    assert numbers(sqlite) == {"PO-0"}
