from collections.abc import Sequence
from datetime import timedelta

from core.entities.integration_log import KeyActivity
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.clock import START
from tests.support.records import an_activity, keep, minutes


def recent(transactions: Transactions, limit: int = 100) -> Sequence[KeyActivity]:
    return transactions.read(lambda work: work.key_activity.recent(limit))


def count(transactions: Transactions, code: str, minute: int, id: str) -> None:
    transactions.run(lambda work: work.key_activity.count_unknown(code, minutes(minute), id))


def test_a_refusal_comes_back_as_it_was_kept(transactions: Transactions) -> None:
    activity = an_activity(code="API_KEY_EXPIRED", path="/x?y=é", request_id=None)
    keep(transactions, activity)

    assert recent(transactions) == [activity]


def test_unknown_keys_are_counted_by_code_and_hour(transactions: Transactions) -> None:
    count(transactions, "INVALID_API_KEY", 0, "a")
    count(transactions, "INVALID_API_KEY", 59, "b")
    count(transactions, "API_KEY_REQUIRED", 59, "c")
    count(transactions, "INVALID_API_KEY", 60, "d")

    assert recent(transactions) == [
        KeyActivity("d", minutes(60), None, "INVALID_API_KEY", last_at=minutes(60)),
        KeyActivity("c", minutes(59), None, "API_KEY_REQUIRED", last_at=minutes(59)),
        KeyActivity("a", minutes(0), None, "INVALID_API_KEY", count=2, last_at=minutes(59)),
    ]


def test_the_newest_come_first_by_when_they_were_last_seen(transactions: Transactions) -> None:
    old, new = an_activity(minutes(1)), an_activity(minutes(3))
    keep(transactions, new, old)
    count(transactions, "INVALID_API_KEY", 0, "counted")
    count(transactions, "INVALID_API_KEY", 2, "ignored")

    assert [activity.id for activity in recent(transactions)] == [new.id, "counted", old.id]
    assert [activity.id for activity in recent(transactions, 1)] == [new.id]


def test_what_is_older_is_forgotten_bit_by_bit(transactions: Transactions) -> None:
    kept = an_activity(START)
    keep(transactions, *(an_activity(START - timedelta(seconds=second + 1)) for second in range(2500)), kept)
    count(transactions, "INVALID_API_KEY", -30, "counted")
    count(transactions, "INVALID_API_KEY", -1, "ignored")

    assert purge_all(transactions) == 2501
    assert recent(transactions) == [kept]


def test_after_a_purge_counting_begins_anew(transactions: Transactions) -> None:
    count(transactions, "INVALID_API_KEY", 1, "first")
    transactions.run(lambda work: work.key_activity.purge(minutes(2)))

    count(transactions, "INVALID_API_KEY", 3, "second")

    assert [(one.id, one.count) for one in recent(transactions)] == [("second", 1)]


def purge_all(transactions: Transactions) -> int:
    def purge(work: UnitOfWork) -> int:
        return work.key_activity.purge(START)

    total = 0
    while purged := transactions.run(purge):
        total += purged
    return total
