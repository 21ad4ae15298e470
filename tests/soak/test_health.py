"""The judge of the health pages finds what it is there to find."""

from collections.abc import Sequence

import pytest

from tests.soak.faults import FaultKind
from tests.soak.health import Look, judge_health

ALIVE = [Look("/healthz", 200, 0.01)]


def looks(*statuses: int | None, seconds: float = 0.01) -> list[Look]:
    return [Look("/readyz", status, seconds) for status in statuses]


def faults_of(alive: Sequence[Look], ready: Sequence[Look]) -> set[FaultKind]:
    return {fault.kind for fault in judge_health(alive, ready)}


def test_a_process_that_lives_while_the_database_goes_and_comes_is_no_fault() -> None:
    assert faults_of(ALIVE, looks(200, 503, 200, 503, 200)) == set()


@pytest.mark.parametrize(
    ("alive", "ready"),
    [
        ([Look("/healthz", 503, 0.01)], looks(200, 503, 200)),
        ([Look("/healthz", None, 0.01)], looks(200, 503, 200)),
        (ALIVE, looks(200, 500, 503, 200)),
        (ALIVE, looks(200, None, 503, 200)),
        (ALIVE, looks(200, 200)),
        (ALIVE, looks(200, 503)),
    ],
)
def test_a_page_that_says_anything_else_is_told(alive: Sequence[Look], ready: Sequence[Look]) -> None:
    assert faults_of(alive, ready) == {FaultKind.NOT_UP}


def test_a_page_that_takes_too_long_is_told() -> None:
    assert faults_of(ALIVE, looks(503, 200, seconds=16)) == {FaultKind.LATE}
