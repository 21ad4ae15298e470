"""The judge of races finds what it is there to find."""

import pytest

from tests.soak.faults import FaultKind
from tests.soak.history import Sent
from tests.soak.race import judge_race


def answers(*statuses: int | None) -> list[Sent]:
    return [Sent("order", f"r-{side}", ("N-1",), status=status) for side, status in enumerate(statuses)]


@pytest.mark.parametrize("statuses", [(201, 400), (400, 201), (503, 400, 201)])
def test_one_winner_is_no_fault(statuses: tuple[int, ...]) -> None:
    assert list(judge_race(answers(*statuses))) == []


@pytest.mark.parametrize(
    ("statuses", "kind"),
    [((201, 201), FaultKind.REPEATED), ((400, 400), FaultKind.LOST), ((None, 400), FaultKind.LOST)],
)
def test_two_winners_or_none_are_told(statuses: tuple[int | None, ...], kind: FaultKind) -> None:
    (fault,) = judge_race(answers(*statuses))

    assert fault.kind is kind
