from collections.abc import Callable
from decimal import Decimal

import pytest

from core.mapping.codecs import BadOption
from core.mapping.conditions import parse_conditions
from core.mapping.model import ABSENT, Absent, Json
from core.mapping.paths import BadPath, Path


def reader(document: dict[str, Json]) -> Callable[[Path], "Json | Absent"]:
    return lambda path: document.get(str(path), ABSENT)


def holds(condition: Json, **document: Json) -> bool:
    return parse_conditions(condition).holds(reader(document))


@pytest.mark.parametrize(
    ("asked", "value", "expected"),
    [
        ({"in": ["Open", 1]}, "Open", True),
        ({"in": ["Open"]}, "open", False),
        ({"in": [1]}, True, False),
        ({"in": [True]}, 1, False),
        ({"in": [True]}, True, True),
        ({"in": [0]}, "0.000", True),
        ({"in": ["0.000"]}, 0, True),
        ({"in": ["0.000"]}, Decimal("0.0"), True),
        ({"in": ["0.000"]}, "0", False),
        ({"in": [0]}, False, False),
        ({"in": [0]}, "", False),
        ({"in": [0]}, "x", False),
        ({"in": [0.1]}, Decimal("0.1"), True),
        ({"in": [0.1]}, "0.10", True),
        ({"in": [None]}, None, True),
        ({"in": [False]}, None, False),
        ({"in": [[]]}, [], True),
        ({"in": [{"a": 1}]}, {"a": 1.0}, True),
        ({"in": [{"a": 1}]}, {"a": True}, False),
        ({"in": []}, "x", False),
        ({"in": ["x"]}, ABSENT, False),
        ({"not_in": ["x"]}, ABSENT, True),
        ({"not_in": ["x"]}, "x", False),
        ({"not_in": [0]}, "0.00", False),
        ({"not_in": ["x"]}, None, True),
        ({"present": True}, "x", True),
        ({"present": True}, 0, True),
        ({"present": True}, ABSENT, False),
        ({"present": True}, None, False),
        ({"present": True}, "", False),
        ({"present": False}, ABSENT, True),
        ({"present": False}, "", True),
        ({"present": False}, "x", False),
        ({"above": 0}, 1, True),
        ({"above": 0}, "0.001", True),
        ({"above": 0}, 0, False),
        ({"above": 0}, "x", False),
        ({"above": 0}, True, False),
        ({"above": 0}, None, False),
        ({"above": -1}, ABSENT, False),
        ({"above": 0.5}, 1e30, True),
        ({"above": 0, "not_in": [5]}, 5, False),
        ({"above": 0, "not_in": [5]}, 6, True),
    ],
)
def test_what_is_asked_of_one_place(asked: Json, value: "Json | Absent", expected: bool) -> None:
    condition = parse_conditions({"p": asked}, lambda empty: empty in (None, ""))

    assert condition.holds(reader({} if value is ABSENT else {"p": value})) is expected


def test_a_list_holds_when_all_do_and_any_when_one_does() -> None:
    open_or_big: Json = {"any": [{"status": {"in": ["open"]}}, {"quantity": {"above": 10}}]}

    assert holds([{"a": {"in": [1]}}, {"b": {"in": [2]}}], a=1, b=2)
    assert not holds([{"a": {"in": [1]}}, {"b": {"in": [2]}}], a=1, b=3)
    assert holds({"a": {"in": [1]}, "b": {"in": [2]}}, a=1, b=2)
    assert not holds({"a": {"in": [1]}, "b": {"in": [2]}}, a=1, b=3)
    assert holds(open_or_big, status="shut", quantity="11")
    assert not holds(open_or_big, status="shut", quantity=10)
    assert holds([])


def test_a_member_may_be_called_any() -> None:
    assert holds({"any": {"in": [1]}}, any=1)


def test_the_failing_place_is_the_first_that_the_failing_part_asks() -> None:
    condition = parse_conditions(
        [{"a": {"present": True}}, {"any": [{"b": {"in": [1]}}, {"^.c[0].d": {"in": [1]}}]}]
    )

    assert [str(path) for path in condition.paths()] == ["a", "b", "^.c[0].d"]
    assert str(condition.failing(reader({}))) == "a"
    assert str(condition.failing(reader({"a": 1}))) == "b"
    assert condition.failing(reader({"a": 1, "^.c[0].d": 1})) is None


def test_a_test_is_answered_only_where_values_are() -> None:
    condition = parse_conditions(
        [{"a": {"in": ["tYES"]}}, {"b": {"present": True}}], lambda v: v in (None, "")
    )

    assert condition.answered(reader({"a": "tNO"}))
    assert condition.answered(reader({"a": False}))
    assert not condition.answered(reader({"a": ""}))
    assert not condition.answered(reader({"b": 1}))


@pytest.mark.parametrize(
    "condition",
    ["x", 1, None, {}, {"a": 1}, {"a": {}}, {"a": {"is": 1}}, {"a": {"in": 1}}, {"a": {"present": 1}}]
    + [{"a": {"above": bad}} for bad in ("1", True, None)]
    + [[{"a": {"in": [1]}}, "x"], {"any": ["x"]}, {"any": []}],
)
def test_what_is_no_condition_is_refused(condition: Json) -> None:
    with pytest.raises(BadOption):
        parse_conditions(condition)


def test_a_bad_path_in_a_condition_is_refused() -> None:
    with pytest.raises(BadPath):
        parse_conditions({"a..b": {"present": True}})
