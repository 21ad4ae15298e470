from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from core.entities.idempotency import KeptOutcome
from core.errors import RuleBroken
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.clock import START
from tests.support.records import a_request, an_order, an_outcome, keep, minutes


def kept(transactions: Transactions, key: str = "r-1", since: datetime = START) -> KeptOutcome | None:
    return transactions.run(lambda work: work.idempotency.begin(a_request(key), since))


def test_an_outcome_comes_back_as_it_was_kept(transactions: Transactions) -> None:
    outcome = an_outcome(
        status=409,
        headers=(("content-type", "application/json"), ("link", "a"), ("link", 'b, "c"é')),
        body=b"\x00\xff{}",
        error_code="DUPLICATE",
        error_message='a product with the SKU "é" already exists',
    )
    keep(transactions, outcome)

    assert kept(transactions) == outcome


def test_one_that_succeeded_has_no_error(transactions: Transactions) -> None:
    keep(transactions, an_outcome(body=b"", headers=()))

    assert kept(transactions) == an_outcome(body=b"", headers=())


def test_where_nothing_was_kept_the_request_is_carried_out(transactions: Transactions) -> None:
    keep(transactions, an_outcome("r-1"))

    assert kept(transactions, "r-2") is None


def test_what_is_found_tells_another_request_by_its_fingerprint(transactions: Transactions) -> None:
    keep(transactions, an_outcome(request=a_request(body=b"[]")))

    found = kept(transactions)

    assert found is not None
    assert found.request == a_request(body=b"[]") != a_request()


def test_what_is_past_its_time_is_gone_and_makes_room(transactions: Transactions) -> None:
    keep(transactions, an_outcome(at=minutes(1)))
    at_the_end, past_it = kept(transactions, since=minutes(1)), kept(transactions, since=minutes(2))

    keep(transactions, an_outcome(at=minutes(2), status=200))

    assert (at_the_end, past_it) == (an_outcome(at=minutes(1)), None)
    assert kept(transactions, since=minutes(2)) == an_outcome(at=minutes(2), status=200)


def test_a_call_that_fails_keeps_nothing_and_may_begin_again(transactions: Transactions) -> None:
    def fail(work: UnitOfWork) -> None:
        work.idempotency.begin(a_request(), START)
        work.idempotency.keep(an_outcome())
        raise RuleBroken("no")

    with pytest.raises(RuleBroken):
        transactions.run(fail)

    assert kept(transactions) is None


def test_a_refused_savepoint_takes_no_outcome_with_it(transactions: Transactions) -> None:
    def refuse(work: UnitOfWork) -> None:
        work.idempotency.begin(a_request(), START)
        with suppress(RuleBroken), work.savepoint():
            work.orders.add(an_order("PO-1"))
            raise RuleBroken("no")
        work.idempotency.keep(an_outcome(status=400))

    transactions.run(refuse)

    assert kept(transactions) == an_outcome(status=400)


def test_what_is_older_is_forgotten_bit_by_bit(transactions: Transactions) -> None:
    old = START - timedelta(seconds=1)
    keep(transactions, *(an_outcome(f"r-{number}", old) for number in range(1200)), an_outcome("new"))

    forgotten = 0
    while count := transactions.run(lambda work: work.idempotency.purge(START)):
        forgotten += count

    assert forgotten == 1200
    assert kept(transactions, "new") == an_outcome("new")
    assert kept(transactions, "r-7", old) is None
