import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.persistence.values import dump, dump_object, from_micros, load, load_object, to_micros

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=40)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | NUMBERS | DECIMALS | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def in_digits(value: object) -> object:
    """The value with every number by its digits."""
    if isinstance(value, dict):
        return {name: in_digits(member) for name, member in value.items()}
    if isinstance(value, list):
        return [in_digits(member) for member in value]
    return Decimal(repr(value)) if isinstance(value, float) else value


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_keeps_every_microsecond(moment: datetime) -> None:
    assert from_micros(to_micros(moment)) == moment


def test_a_time_comes_back_in_utc() -> None:
    there = datetime(2026, 5, 1, 3, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    back = from_micros(to_micros(there))

    assert (back, back.utcoffset()) == (there, timedelta(0))


@given(DOCUMENTS)
def test_a_document_comes_back_with_every_digit(document: object) -> None:
    text = dump(document)  # type: ignore[arg-type]  # a JSON value

    assert in_digits(load(text)) == in_digits(document)
    assert dump(load(text)) == text


def test_a_document_is_compact_and_keeps_its_order() -> None:
    assert dump_object({"z": [1, 2.5], "a": {"é": None}}) == '{"z":[1,2.5],"a":{"é":null}}'
    assert dump_object({}) == "{}"
    assert list(load_object('{"z":1,"a":2}')) == ["z", "a"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("2.00"), "2.0"),
        (Decimal("1.10"), "1.1"),
        (Decimal("1E+2"), "100.0"),
        (Decimal("0.12345678901234567890"), "0.12345678901234567890"),
    ],
)
def test_a_decimal_is_written_as_a_number(number: Decimal, text: str) -> None:
    assert dump({"n": [number, "x"]}) == f'{{"n":[{text},"x"]}}'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_json_number_is_refused(number: float | Decimal) -> None:
    with pytest.raises(ValueError):
        dump([number])


def test_what_is_no_json_value_is_refused() -> None:
    with pytest.raises(TypeError, match="datetime is no JSON value"):
        dump([datetime.now(UTC)])  # type: ignore[list-item]  # that is the point


def test_what_is_written_is_json() -> None:
    document = {"quote": '"', "line": "\n", "number": Decimal("0.1234567890123456789")}

    assert json.loads(dump(document), parse_float=Decimal) == document
