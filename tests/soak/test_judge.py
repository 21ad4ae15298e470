"""The history checker finds what it is there to find."""

import attrs
import pytest

from tests.soak.faults import FaultKind
from tests.soak.history import Sent
from tests.soak.judge import Terms, judge
from tests.soak.stored import KeptEntry, KeptOrder, Stored

BODY = b'{"success":true,"data":{"id":"1"}}'
TAKEN = b'{"error":{"message":"order_number already exists"}}'
AWAY = b'{"error":{"code":"SERVICE_UNAVAILABLE"}}'
KILLED = Terms(killed=True)


def sent(**changes: object) -> Sent:
    made = Sent("order", "w-0", ("w-1",), lines=2, status=201, body=BODY, ids=("1",))
    return attrs.evolve(made, **changes)  # type: ignore[arg-type]  # a builder


def unanswered(**changes: object) -> Sent:
    return sent(status=None, body=None, ids=(), **changes)


def unavailable(**changes: object) -> Sent:
    return sent(**{"status": 503, "body": AWAY, "ids": (), "retry_after": "1"} | changes)


def entry(**changes: object) -> KeptEntry:
    return attrs.evolve(KeptEntry("w-0", 201, True, True, ("1",), BODY), **changes)  # type: ignore[arg-type]  # a builder


def refusal(**changes: object) -> KeptEntry:
    return attrs.evolve(KeptEntry("w-0", 400, False, True), **changes)  # type: ignore[arg-type]  # a builder


def order(**changes: object) -> KeptOrder:
    return attrs.evolve(KeptOrder("1", "w-1", 2), **changes)  # type: ignore[arg-type]  # a builder


def faults_of(history: list[Sent], stored: Stored, terms: Terms = KILLED) -> set[FaultKind]:
    return {fault.kind for fault in judge(history, stored, terms)}


def test_what_was_promised_and_kept_is_no_fault() -> None:
    assert judge([sent()], Stored([entry()], [order()]), Terms()) == []


@pytest.mark.parametrize("uncertain", [unanswered(), unavailable()])
@pytest.mark.parametrize("there", [True, False])
def test_what_has_an_unknown_outcome_may_be_there_whole_or_not_at_all(uncertain: Sent, there: bool) -> None:
    kept = Stored([entry()], [order()]) if there else Stored([], [])

    assert judge([uncertain], kept, KILLED) == []


@pytest.mark.parametrize(
    ("history", "stored", "kind"),
    [
        (sent(), Stored([], [order()]), FaultKind.UNLOGGED),
        (sent(), Stored([entry()], []), FaultKind.LOST),
        (sent(), Stored([entry()], [order(id="2")]), FaultKind.LOST),
        (sent(again=True, status=400, body=TAKEN, ids=()), Stored([refusal()], []), FaultKind.LOST),
        (sent(), Stored([entry()], [order(lines=1)]), FaultKind.HALF_WRITTEN),
        (sent(), Stored([entry()], [order(lines=0)]), FaultKind.HALF_WRITTEN),
        (unanswered(), Stored([], [order()]), FaultKind.HALF_WRITTEN),
        (unanswered(), Stored([entry()], []), FaultKind.HALF_WRITTEN),
        (unavailable(), Stored([], [order()]), FaultKind.HALF_WRITTEN),
        (unanswered(), Stored([refusal()], [order()]), FaultKind.HALF_WRITTEN),
        (
            sent(kind="batch", numbers=("w-1", "w-2")),
            Stored([entry()], [order()]),
            FaultKind.HALF_WRITTEN,
        ),
        (
            sent(kind="refused", status=400, ids=()),
            Stored([refusal()], [order()]),
            FaultKind.HALF_WRITTEN,
        ),
        (sent(), Stored([entry(body=b"{}")], [order()]), FaultKind.DIFFERENT),
        (sent(), Stored([entry(status=200)], [order()]), FaultKind.DIFFERENT),
        (sent(), Stored([entry(), refusal()], [order()]), FaultKind.REPEATED),
        (sent(), Stored([entry()], [order(), order(id="2")]), FaultKind.REPEATED),
        (sent(seconds=26), Stored([entry()], [order()]), FaultKind.LATE),
        (unanswered(seconds=41), Stored([], []), FaultKind.LATE),
        (sent(status=500, ids=()), Stored([], []), FaultKind.UNEXPECTED),
        (sent(status=400, body=TAKEN, ids=()), Stored([refusal(body=TAKEN)], []), FaultKind.UNEXPECTED),
        (sent(again=True, status=400, ids=()), Stored([refusal()], [order()]), FaultKind.UNEXPECTED),
        (unavailable(retry_after=None), Stored([], []), FaultKind.UNEXPECTED),
        (unavailable(body=b"<html>"), Stored([], []), FaultKind.UNEXPECTED),
    ],
)
def test_a_broken_promise_is_told(history: Sent, stored: Stored, kind: FaultKind) -> None:
    assert kind in faults_of([history], stored)


def test_a_second_attempt_that_finds_the_first_one_landed_is_no_fault() -> None:
    history = [unavailable(), sent(request_id="w-1", again=True, status=400, body=TAKEN, ids=())]
    kept = Stored([entry(), refusal(request_id="w-1", body=TAKEN)], [order()])

    assert judge(history, kept, Terms()) == []


def test_an_order_that_two_attempts_have_made_is_told() -> None:
    history = [unavailable(), sent(request_id="w-1", again=True)]

    kept = Stored([entry(), entry(request_id="w-1")], [order()])

    assert faults_of(history, kept) == {FaultKind.HALF_WRITTEN}


def test_a_server_that_lives_answers() -> None:
    assert faults_of([unanswered()], Stored([], []), Terms()) == {FaultKind.CUT}
    assert faults_of([unanswered()], Stored([], []), KILLED) == set()


def test_a_server_that_ends_in_good_order_answers_what_it_carried_out() -> None:
    orderly = Terms(orderly=True)

    assert faults_of([unanswered()], Stored([], []), orderly) == set()
    assert faults_of([unanswered()], Stored([entry()], [order()]), orderly) == {FaultKind.UNANSWERED}


def test_a_value_never_falls_behind_the_last_acknowledged() -> None:
    history = [
        Sent("stock", "w-0", place="w", revision=1),
        Sent("stock", "w-1", place="w", revision=2, status=200, body=BODY),
        Sent("stock", "w-2", place="w", revision=3),
    ]
    logged = [entry(request_id="w-1", status=200, creates_orders=False, record_ids=())]

    def faults(**stock: int) -> set[FaultKind]:
        return faults_of(history, Stored(logged, [], stock))

    assert faults(w=2) == faults(w=3) == set()
    assert faults(w=1) == faults(w=4) == faults() == {FaultKind.BEHIND}


def test_a_note_is_judged_like_any_value() -> None:
    history = [sent(), Sent("notes", "w-1", ("w-1",), place="w-1", revision=7, status=200, body=BODY)]
    logged = [entry(), entry(request_id="w-1", status=200, creates_orders=False)]

    assert faults_of(history, Stored(logged, [order(notes="7")])) == set()
    assert faults_of(history, Stored(logged, [order()])) == {FaultKind.BEHIND}
