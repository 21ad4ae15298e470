"""The judge of walks finds what it is there to find."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from tests.soak.faults import FaultKind
from tests.soak.walks import Listing, Row, Walk, judge_walk

LISTING = Listing("/products/", ("sku",))
NOON = datetime(2026, 11, 25, 12)
NEWEST, MIDDLE, OLDEST = (
    Row("C", NOON + timedelta(seconds=1), "3"),
    Row("B", NOON, "2"),
    Row("A", NOON, "1"),
)


def faults_of(rows: Sequence[Row], gone: tuple[str, ...] = ()) -> list[FaultKind]:
    return [fault.kind for fault in judge_walk(Walk(LISTING, rows), {"A", "C"}, gone)]


@pytest.mark.parametrize("rows", [(NEWEST, OLDEST), (NEWEST, MIDDLE, OLDEST)])
def test_what_lasts_is_seen_once_and_what_comes_or_goes_may_be(rows: Sequence[Row]) -> None:
    assert faults_of(rows) == []


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ((NEWEST,), FaultKind.MISSED),
        ((NEWEST, OLDEST, OLDEST), FaultKind.REPEATED),
        ((NEWEST, MIDDLE, MIDDLE, OLDEST), FaultKind.REPEATED),
        ((OLDEST, NEWEST), FaultKind.DISORDERED),
        ((NEWEST, OLDEST, MIDDLE), FaultKind.DISORDERED),
    ],
)
def test_a_broken_promise_of_a_walk_is_told(rows: Sequence[Row], kind: FaultKind) -> None:
    assert kind in faults_of(rows)


def test_what_had_left_before_is_not_seen() -> None:
    assert faults_of((NEWEST, MIDDLE, OLDEST), gone=("B",)) == [FaultKind.DISORDERED]


def test_a_walk_comes_to_its_end() -> None:
    (fault,) = judge_walk(Walk(LISTING, (NEWEST,), refusal="503"), {"A", "C"})

    assert fault.kind is FaultKind.UNEXPECTED
