"""Of several requests under one idempotency key at once a single one is carried out, and nobody waits."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Event

import pytest

from adapters.persistence import idempotency
from adapters.persistence.postgresql.transactions import PostgresTransactions
from core.entities.cursor import CursorSigner
from core.entities.resource import Action, Resource
from core.errors import IdempotencyInProgress, RuleBroken
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.call import Call
from core.use_cases.integration_call import IntegrationCalls
from core.use_cases.keys import CreateKey, create_key
from tests.support.clock import START
from tests.support.records import a_request, an_order, an_outcome, keep

PATIENCE = 10


class Request:
    """A request that is carried out as often as it is told to, and stops on its way where a test wants it."""

    def __init__(self, key: str = "r-1", name: str = "PO-1") -> None:
        self.key, self.name = key, name
        self.seen, self.begun, self.go_on = Event(), Event(), Event()
        self.may_begin = Event()
        self.may_begin.set()
        self.attempts: list[str] = []

    def __call__(self, work: UnitOfWork) -> str:
        work.settings.get("what this transaction sees from now on")
        self.seen.set()
        assert self.may_begin.wait(PATIENCE)
        if work.idempotency.begin(a_request(self.key), START) is not None:
            return "told again"
        self.attempts.append(self.name)
        work.orders.add(an_order(self.name))
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        work.idempotency.keep(an_outcome(self.key))
        return "carried out"


@contextmanager
def under_way(transactions: PostgresTransactions, call: Callable[[UnitOfWork], str]) -> Iterator[Future[str]]:
    """While a call runs."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(transactions.run, call)


def orders(transactions: PostgresTransactions) -> list[str]:
    return [order.order_number for order in transactions.read(lambda work: work.orders.page(None, None, 9))]


def begin(work: UnitOfWork) -> bool:
    return work.idempotency.begin(a_request(), START) is None


def test_while_the_first_runs_a_second_is_refused_at_once_and_afterwards_told_what_came_of_it(
    postgresql: PostgresTransactions,
) -> None:
    first = Request()
    with under_way(postgresql, first) as running:
        assert first.begun.wait(PATIENCE)

        for _ in range(2):
            with pytest.raises(IdempotencyInProgress):
                postgresql.run(begin)

        first.go_on.set()
        assert running.result(PATIENCE) == "carried out"
    assert not postgresql.run(begin)


def test_a_refusal_on_its_way_lets_no_second_one_in(postgresql: PostgresTransactions) -> None:
    secret = postgresql.run(lambda work: create_key(work, CreateKey("till")).secret)
    calls = IntegrationCalls(CursorSigner(b"secret"))
    call = Call(
        Resource.ORDERS,
        Action.CREATE,
        "request",
        START,
        "POST",
        "/orders/",
        secret,
        document={},
        idempotency_key="r-1",
    )
    refused, go_on = Event(), Event()

    def refuse(work: UnitOfWork) -> str:
        outcome = calls(work, call)
        refused.set()
        assert go_on.wait(PATIENCE)
        return str(outcome.error_code)

    with under_way(postgresql, refuse) as running:
        assert refused.wait(PATIENCE)

        second = postgresql.run(lambda work: calls(work, call).error_code)
        go_on.set()

        assert (running.result(PATIENCE), second) == ("VALIDATION_ERROR", "IDEMPOTENCY_IN_PROGRESS")


def test_other_keys_go_on_meanwhile(postgresql: PostgresTransactions) -> None:
    first, other = Request(), Request("r-2", "PO-2")
    other.go_on.set()
    with under_way(postgresql, first):
        assert first.begun.wait(PATIENCE)

        assert postgresql.run(other) == "carried out"

        first.go_on.set()


def test_after_a_call_that_came_to_nothing_the_next_is_carried_out(postgresql: PostgresTransactions) -> None:
    def fail(work: UnitOfWork) -> None:
        work.idempotency.begin(a_request(), START)
        raise RuleBroken("no")

    with pytest.raises(RuleBroken):
        postgresql.run(fail)

    assert postgresql.run(begin)


def test_a_call_whose_view_is_older_than_the_first_one_s_commit_is_run_again_and_told(
    postgresql: PostgresTransactions,
) -> None:
    second = Request(name="PO-2")
    second.may_begin.clear()
    second.go_on.set()
    first = Request(name="PO-1")
    first.go_on.set()
    with under_way(postgresql, second) as running:
        assert second.seen.wait(PATIENCE)
        assert postgresql.run(first) == "carried out"
        second.may_begin.set()

        assert running.result(PATIENCE) == "told again"

    assert second.attempts == ["PO-2"]
    assert orders(postgresql) == ["PO-1"]


def test_where_locks_do_nothing_a_single_one_lands_all_the_same(
    postgresql: PostgresTransactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = count()
    monkeypatch.setattr(idempotency, "_lock", lambda id: next(numbers))
    first, second = Request(name="PO-1"), Request(name="PO-2")
    with under_way(postgresql, first) as one, under_way(postgresql, second) as other:
        assert first.begun.wait(PATIENCE)
        assert second.begun.wait(PATIENCE)
        first.go_on.set()
        second.go_on.set()

        assert sorted([one.result(PATIENCE), other.result(PATIENCE)]) == ["carried out", "told again"]

    assert len(orders(postgresql)) == 1


def test_one_that_takes_the_place_of_an_outcome_past_its_time_is_alone_too(
    postgresql: PostgresTransactions,
) -> None:
    keep(postgresql, an_outcome(at=START.replace(year=2025)))
    second, first = Request(name="PO-2"), Request(name="PO-1")
    second.may_begin.clear()
    second.go_on.set()
    first.go_on.set()
    with under_way(postgresql, second) as running:
        assert second.seen.wait(PATIENCE)
        assert postgresql.run(first) == "carried out"
        second.may_begin.set()

        assert running.result(PATIENCE) == "told again"

    assert orders(postgresql) == ["PO-1"]
