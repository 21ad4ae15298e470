import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from threading import Event

import pytest

from adapters.persistence import waiting
from adapters.persistence.postgresql import pool
from adapters.persistence.postgresql.transactions import PostgresTransactions
from core.errors import RuleBroken, ServiceUnavailable
from core.ports.unit_of_work import UnitOfWork
from tests.support.disturbed_server import DisturbedServer
from tests.support.records import an_order


def add(number: str) -> Callable[[UnitOfWork], str]:
    def call(work: UnitOfWork) -> str:
        work.orders.add(an_order(number))
        return number

    return call


class Busy:
    """Every connection of the pool is in a call, so that what is submitted waits."""

    def __init__(self) -> None:
        self._leave = Event()
        self.waiting: list[Awaitable[None]] = []

    @classmethod
    async def begin(cls, transactions: PostgresTransactions, connections: int = 3) -> "Busy":
        busy = cls()
        entered = [Event() for _ in range(connections)]
        busy.waiting = [transactions.submit(busy._wait(one)) for one in entered]
        for one in entered:
            assert await asyncio.to_thread(one.wait, 5)
        return busy

    def end(self) -> None:
        self._leave.set()

    def _wait(self, entered: Event) -> Callable[[UnitOfWork], None]:
        def call(work: UnitOfWork) -> None:
            entered.set()
            assert self._leave.wait(20)

        return call


def test_there_are_as_many_connections_as_the_url_says(
    postgresql: PostgresTransactions, server: DisturbedServer
) -> None:
    async def submit_many() -> None:
        await asyncio.gather(*(postgresql.submit(add(f"PO-{number}")) for number in range(60)))

    asyncio.run(submit_many())

    assert 1 <= len(server.opened) <= 3


def test_calls_run_side_by_side(postgresql: PostgresTransactions) -> None:
    async def busy() -> None:
        (await Busy.begin(postgresql)).end()

    asyncio.run(busy())


def test_too_many_waiting_calls_are_refused(
    postgresql: PostgresTransactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "WAITING_SECONDS", 60)

    async def flood() -> tuple[int, int]:
        busy = await Busy.begin(postgresql)
        waiting = [postgresql.submit(lambda work: work.settings.get("x")) for _ in range(2100)]
        await asyncio.sleep(0)
        busy.end()
        results = Counter(map(type, await asyncio.gather(*waiting, return_exceptions=True)))
        return results[type(None)], results[ServiceUnavailable]

    assert asyncio.run(flood()) == (2000, 100)


def test_a_call_that_waits_too_long_is_refused_although_every_connection_is_busy(
    postgresql: PostgresTransactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "WAITING_SECONDS", 0.1)
    runs = []

    async def wait_too_long() -> None:
        busy = await Busy.begin(postgresql)
        try:
            await asyncio.wait_for(asyncio.ensure_future(postgresql.submit(runs.append)), 5)
        finally:
            busy.end()

    with pytest.raises(ServiceUnavailable):
        asyncio.run(wait_too_long())

    postgresql.run(lambda work: None)
    assert runs == []


def test_closing_finishes_what_was_submitted(postgresql: PostgresTransactions) -> None:
    async def submit_and_close() -> list[str]:
        busy = await Busy.begin(postgresql)
        waiting = [postgresql.submit(add(f"PO-{number}")) for number in range(50)]
        busy.end()
        await asyncio.to_thread(postgresql.close)
        return await asyncio.gather(*waiting)

    assert len(asyncio.run(submit_and_close())) == 50


def test_closing_does_not_wait_for_ever(
    postgresql: PostgresTransactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "CLOSING_SECONDS", 0.2)

    async def close_while_busy() -> float:
        busy = await Busy.begin(postgresql)
        began = time.monotonic()
        await asyncio.to_thread(postgresql.close)
        took = time.monotonic() - began
        busy.end()
        await asyncio.gather(*busy.waiting)
        return took

    assert asyncio.run(close_while_busy()) < 1


def test_a_call_that_runs_another_is_refused_instead_of_waiting_for_ever(
    postgresql: PostgresTransactions,
) -> None:
    with pytest.raises(RuntimeError, match="cannot wait"):
        postgresql.run(lambda work: postgresql.run(add("PO-1")))


def test_a_bug_of_a_connection_fails_its_call_and_not_the_thread(
    postgresql: PostgresTransactions, server: DisturbedServer
) -> None:
    bugs = iter([ZeroDivisionError("bug")] * 1)

    def once(sql: str, _: int) -> None:
        if sql == "COMMIT" and (bug := next(bugs, None)):
            raise bug

    server.watchers.append(once)

    with pytest.raises(ZeroDivisionError):
        postgresql.run(add("PO-1"))

    assert [postgresql.run(add(f"PO-{number}")) for number in range(1, 8)] == [
        f"PO-{number}" for number in range(1, 8)
    ]


def test_a_refused_call_is_not_run_again(postgresql: PostgresTransactions) -> None:
    runs = []

    def refuse(work: UnitOfWork) -> None:
        runs.append(work)
        raise RuleBroken("no")

    with pytest.raises(RuleBroken):
        postgresql.run(refuse)

    assert len(runs) == 1
