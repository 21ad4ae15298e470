from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.equality import number_in, same, scalar_key
from core.mapping.model import Json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (1, Decimal("1.00"), True),
        (0.1, Decimal("0.1"), True),
        (1, True, False),
        (0, False, False),
        (1, "1", False),
        (None, False, False),
        ([1], [1.0], True),
        ([1], [True], False),
        ([1], [1, 1], False),
        ([], {}, False),
        ("", [], False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1}, {"b": 1}, False),
    ],
)
def test_values_are_the_same_by_kind_and_value(left: Json, right: Json, equal: bool) -> None:
    assert same(left, right) is equal
    assert same(right, left) is equal


@given(VALUES)
def test_every_value_is_the_same_as_itself(value: Json) -> None:
    assert same(value, value)


@given(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, 1.0, 0.5, "0", "1", "true", ""])
)
def test_keys_are_equal_exactly_for_the_same_scalars(value: Json) -> None:
    for other in (None, True, False, 0, 1, -1, 1.0, 0.5, "0", "1", "true", ""):
        assert (scalar_key(value) == scalar_key(other)) is same(value, other)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.000", Decimal(0)),
        (" -12.50 ", Decimal("-12.5")),
        ("+7", Decimal(7)),
        ("1e3", None),
        ("٣", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_numbers_in_texts_are_read_plainly(text: str, number: Decimal | None) -> None:
    assert number_in(text) == number
