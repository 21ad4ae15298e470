"""The tree of written places finds a clash exactly where comparing every pair of them does."""

from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.mapping.lint.subject import Subject, subjects
from core.mapping.lint.tree import Node
from core.mapping.mapping import load
from core.mapping.model import Json
from core.mapping.paths import EACH, SAME, Keyed, Step, Steps

STEPS = st.sampled_from(["a", "b", 0, 1, EACH, SAME, Keyed("k", "1"), Keyed("k", "2")])
PLACES = st.lists(STEPS, max_size=3).map(lambda rest: ("a", *rest)) | st.lists(STEPS, max_size=3).map(
    lambda rest: ("b", *rest)
)


def any_subject() -> Subject:
    document: dict[str, Json] = {"rules": [{"partner": "a", "internal": "b"}]}
    return subjects(document, load(document).rules)[0]


def same_element(left: Step, right: Step) -> bool:
    return left == right or left in (EACH, SAME) or right in (EACH, SAME)


def meets(left: Steps, right: Steps) -> bool:
    for one, other in zip(left, right, strict=False):
        if isinstance(one, str) is not isinstance(other, str):
            return True
        if isinstance(one, str) and one != other:
            return False
        if not isinstance(one, str) and not same_element(one, other):
            return False
    return True


@settings(max_examples=1000)
@given(st.lists(PLACES, max_size=6))
def test_a_clash_is_found_exactly_where_two_places_meet(places: list[Steps]) -> None:
    subject = any_subject()
    tree = Node()

    clashes = [clash for place in places if (clash := tree.insert(place, subject)) is not None]

    assert bool(clashes) is any(meets(left, right) for left, right in combinations(places, 2))


@settings(max_examples=500)
@given(st.lists(PLACES, max_size=3), PLACES)
def test_touching_finds_what_is_written_at_or_around_a_place(places: list[Steps], place: Steps) -> None:
    subject = any_subject()
    tree = Node()
    assume(not [clash for written in places if (clash := tree.insert(written, subject)) is not None])

    if tree.touching(place) is not None:
        assert any(meets(place, written) for written in places)
    if any(place[: len(written)] == written or written[: len(place)] == place for written in places):
        assert tree.touching(place) is not None
