from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.mapping.codecs import COPY, LARGEST_INTEGER, BadOption, codec_for
from core.mapping.equality import same
from core.mapping.model import Json, Unconvertible

NUMBERS = (
    st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False)
)
SCALARS = (
    st.booleans()
    | NUMBERS
    | st.text(max_size=8)
    | st.from_regex(r"[+-]?[0-9]{1,31}(\.[0-9]{1,4})?", fullmatch=True)
)
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.text(max_size=3), SCALARS, max_size=2)
TIMES = st.datetimes().map(lambda moment: moment.isoformat() + "Z")
OPTIONS: list[dict[str, Json]] = [
    {},
    {"type": "string"},
    {"type": "boolean"},
    {"type": "object"},
    {"type": "array"},
    {"type": "string", "as": "integer"},
    {"type": "integer"},
    {"type": "integer", "as": "string"},
    {"type": "integer", "as": "string", "scale": 3},
    {"type": "number"},
    {"type": "number", "scale": 2},
    {"type": "number", "as": "string"},
    {"type": "number", "as": "string", "scale": 2},
    {"type": "decimal"},
    {"type": "decimal", "scale": 2},
    {"type": "decimal", "as": "number"},
    {"type": "date"},
    {"type": "date", "as": ["MM/DD/YYYY", "YYYY-MM-DD"]},
    {"type": "datetime"},
    {"type": "datetime", "as": ["YYYY-MM-DD", "MM/DD/YYYY hh:mm:ss", "iso"]},
    {"type": "datetime", "as": "epoch_s"},
    {"type": "datetime", "as": ["epoch_s", "epoch_ms"]},
    {"values": [["H", "hold"], ["B", "blocked"], [1, True], ["x", 1], [1.5, "1"]]},
]


def decode(value: Json, zone: str | None = None, **options: Any) -> Json:
    return codec_for({name.rstrip("_"): option for name, option in options.items()}, zone).decode(value)


def encode(value: Json, zone: str | None = None, **options: Any) -> Json:
    return codec_for({name.rstrip("_"): option for name, option in options.items()}, zone).encode(value)


def refusal(call: Any, *arguments: Any, **options: Any) -> str:
    with pytest.raises(Unconvertible) as caught:
        call(*arguments, **options)
    assert caught.value.expected
    return caught.value.code


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@settings(max_examples=50)
@given(value=VALUES | TIMES)
def test_what_is_encoded_decodes_to_itself(options: dict[str, Json], value: Json) -> None:
    codec = codec_for(options, "Europe/Berlin")
    try:
        written = codec.encode(value)
    except Unconvertible:
        return

    read_back = codec.decode(written)

    canonical = codec.decode(codec.encode(read_back))
    assert same(read_back, canonical)
    if options.get("type") not in ("decimal", "datetime"):
        assert same(read_back, value)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@settings(max_examples=50)
@given(value=VALUES | TIMES)
def test_what_was_decoded_survives_the_way_out_and_in(options: dict[str, Json], value: Json) -> None:
    codec = codec_for(options, "Europe/Berlin")
    try:
        internal = codec.decode(value)
        written = codec.encode(internal)
    except Unconvertible:
        return

    assert same(codec.decode(written), internal)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@settings(max_examples=50)
@given(value=VALUES | TIMES)
def test_the_kind_tests_promise_identity(options: dict[str, Json], value: Json) -> None:
    codec = codec_for(options, "UTC")
    inside = not codec.bounded or not isinstance(value, int) or abs(value) <= LARGEST_INTEGER

    if inside and codec.kind_test in (object, type(value)):
        assert codec.decode(value) is value
    if inside and codec.encode_kind_test in (object, type(value)):
        assert codec.encode(value) is value


def test_without_options_everything_is_copied() -> None:
    assert codec_for({}) is COPY


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (7, 7),
        (2.0, 2),
        (Decimal("2.000"), 2),
        ("2.000", 2),
        (" +07 ", 7),
        ("-0", 0),
        ("-12", -12),
        (2**63 - 1, 2**63 - 1),
        (str(1 - 2**63), 1 - 2**63),
        (float(2**53 - 1), 2**53 - 1),
        ("0" * 29 + "1", 1),
    ],
)
def test_whole_numbers_are_read_in_every_lossless_form(value: Json, whole: int) -> None:
    assert decode(value, type="integer") == whole
    assert type(decode(value, type="integer")) is int


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (True, "wrong_type"),
        ([1], "wrong_type"),
        ({}, "wrong_type"),
        (2.5, "not_convertible"),
        (Decimal("2.5"), "not_convertible"),
        ("2.5", "not_convertible"),
        ("", "not_convertible"),
        ("one", "not_convertible"),
        ("٣", "not_convertible"),
        ("1_000", "not_convertible"),
        ("1e3", "not_convertible"),
        ("1 000", "not_convertible"),
        ("0x1", "not_convertible"),
        ("1.", "not_convertible"),
        (".5", "not_convertible"),
        ("1\x0b", "not_convertible"),
        (2**63, "out_of_range"),
        (-(2**63), "out_of_range"),
        ("9223372036854775808", "out_of_range"),
        (float(2**53), "out_of_range"),
        (Decimal("1e400000"), "out_of_range"),
        ("9" * 31, "out_of_range"),
        ("9" * 100_000, "out_of_range"),
    ],
)
def test_what_is_no_whole_number_is_refused_with_its_reason(value: Json, code: str) -> None:
    assert refusal(decode, value, type="integer") == code


def test_whole_numbers_are_written_as_number_or_with_empty_decimals() -> None:
    assert encode(2, type="integer") == 2
    assert encode(2, type="integer", as_="string") == "2"
    assert encode(-2, type="integer", as_="string", scale=3) == "-2.000"
    assert refusal(encode, "2", type="integer") == "wrong_type"
    assert refusal(encode, True, type="integer") == "wrong_type"
    assert refusal(encode, 2**63, type="integer") == "out_of_range"


def test_identifiers_of_any_size_are_texts_on_our_side() -> None:
    large = 820982911946154508123

    assert decode(large, type="string", as_="integer") == str(large)
    assert encode(str(large), type="string", as_="integer") == large
    assert decode("007", type="string", as_="integer") == "007"
    assert encode("007", type="string", as_="integer") == "007"
    assert encode("-0", type="string", as_="integer") == "-0"
    assert encode("9" * 31, type="string", as_="integer") == "9" * 31
    assert encode("٣", type="string", as_="integer") == "٣"
    assert decode(5.0, type="string", as_="integer") == "5"
    assert refusal(decode, True, type="string", as_="integer") == "wrong_type"
    assert refusal(decode, 10**5000, type="string", as_="integer") == "out_of_range"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (12.5, 12.5),
        ("12.50", 12.5),
        ("2.000", 2),
        ("-0.1", -0.1),
        ("0.1000000000000000055", Decimal("0.1000000000000000055")),
        (Decimal("0.10"), Decimal("0.1")),
    ],
)
def test_numbers_keep_every_digit(value: Json, number: Json) -> None:
    assert decode(value, type="number") == number


@pytest.mark.parametrize("options", [{}, {"scale": 2}, {"as": "string"}, {"as": "string", "scale": 2}])
@pytest.mark.parametrize("kind", ["number", "decimal"])
@pytest.mark.parametrize("text", ["9" * 30, "-" + "9" * 30, "9" * 29 + ".9", "1." + "0" * 28 + "1"])
def test_thirty_digits_are_kept_and_one_more_is_refused(
    kind: str, options: dict[str, Json], text: str
) -> None:
    codec = codec_for({"type": kind, **options}, None)

    assert Decimal(str(codec.decode(text))) == Decimal(text)
    assert refusal(codec.decode, text + "9") == "out_of_range"


def test_numbers_are_written_as_they_are_or_as_text() -> None:
    assert encode(12.5, type="number") == 12.5
    assert encode(12.5, type="number", as_="string", scale=2) == "12.50"
    assert encode(1e-7, type="number", as_="string") == "0.0000001"
    assert refusal(encode, 12.505, type="number", as_="string", scale=2) == "not_convertible"
    assert refusal(encode, 12.505, type="number", scale=2) == "not_convertible"
    assert refusal(encode, 1e300, type="number", as_="string") == "out_of_range"
    assert refusal(decode, True, type="number") == "wrong_type"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("409.940", "409.94"),
        ("+007.10", "7.1"),
        ("-0.00", "0"),
        (12.5, "12.5"),
        (0.1, "0.1"),
        (Decimal("0.1000000000000000055"), "0.1000000000000000055"),
        (1e22, "10000000000000000000000"),
        (100, "100"),
    ],
)
def test_money_has_one_text_per_amount(value: Json, text: str) -> None:
    assert decode(value, type="decimal") == text


def test_money_is_written_without_rounding() -> None:
    assert encode("12.5", type="decimal", scale=2) == "12.50"
    assert encode("12", type="decimal", scale=0) == "12"
    assert encode("12.5", type="decimal", as_="number") == 12.5
    assert encode("12", type="decimal", as_="number") == 12
    assert encode("0.1000000000000000055", type="decimal", as_="number") == Decimal("0.1000000000000000055")
    assert refusal(encode, "12.505", type="decimal", scale=2) == "not_convertible"
    assert refusal(encode, "12.505", type="decimal", as_="number", scale=2) == "not_convertible"
    assert refusal(encode, 12.5, type="decimal") == "wrong_type"
    assert refusal(decode, Decimal("1e999999"), type="decimal") == "out_of_range"


def test_a_list_of_values_compares_kind_and_value() -> None:
    pairs: Json = [[1, "open"], ["1", "one"], [True, "yes"], [0.1, "tenth"]]

    assert [decode(value, values=pairs) for value in (1, 1.0, "1", True, Decimal("0.1"))] == [
        "open",
        "open",
        "one",
        "yes",
        "tenth",
    ]
    assert refusal(decode, "2", values=pairs) == "value_not_mapped"
    assert refusal(decode, [1], values=pairs) == "value_not_mapped"
    assert refusal(encode, "shut", values=pairs) == "value_not_mapped"


def test_the_first_pair_wins_in_each_direction() -> None:
    pairs: Json = [["H", "hold"], ["B", "hold"], ["H", "never"]]

    assert decode("H", values=pairs) == "hold"
    assert decode("B", values=pairs) == "hold"
    assert encode("hold", values=pairs) == "H"


def test_values_of_texts_may_be_an_object() -> None:
    assert decode("Open", values={"Open": 1}) == 1
    assert encode(1, values={"Open": 1}) == "Open"


def test_a_day_is_read_in_any_pattern_and_written_in_the_first() -> None:
    patterns: Json = ["MM/DD/YYYY", "YYYY-MM-DD"]

    assert decode("2024-02-29", type="date", as_=patterns) == "2024-02-29"
    assert encode("2024-02-29", type="date", as_=patterns) == "02/29/2024"
    assert refusal(decode, "02/30/2024", type="date", as_=patterns) == "not_convertible"
    assert refusal(decode, 20240229, type="date", as_=patterns) == "wrong_type"


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2024-05-01T00:00:00+00:00", "2024-05-01T00:00:00Z"),
        ("2024-05-01t10:30z", "2024-05-01T10:30:00Z"),
        ("2025-07-02T11:31:26-05:00", "2025-07-02T16:31:26Z"),
        ("2025-07-02T11:31:26.590+00:00", "2025-07-02T11:31:26.59Z"),
        ("2025-07-02T11:31:26.1234567Z", "2025-07-02T11:31:26.1234567Z"),
        ("2026-07-18 16:55:50", "2026-07-18T16:55:50Z"),
        ("2026-03-11", "2026-03-11T00:00:00Z"),
    ],
)
def test_iso_times_are_read_into_utc(value: str, instant: str) -> None:
    assert decode(value, "UTC", type="datetime") == instant


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-30T00:00:00Z",
        "2024-02-01T24:00:00Z",
        "2024-02-01T10:00:00+0100",
        "2024-02-01T10Z",
        "2024-02-01T10:00:00.Z",
        "2024-02-01T10:00:00Z\n",
        "２024-02-01T10:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-01:00",
    ],
)
def test_what_is_no_time_is_refused(value: str) -> None:
    assert refusal(decode, value, "UTC", type="datetime") == "not_convertible"


def test_a_time_without_offset_needs_a_zone() -> None:
    assert refusal(decode, "2024-05-01T10:00:00", type="datetime") == "not_convertible"
    assert decode("2024-05-01T10:00:00", "Europe/Berlin", type="datetime") == "2024-05-01T08:00:00Z"
    assert decode("2024-05-01", "Europe/Berlin", type="datetime") == "2024-04-30T22:00:00Z"


def test_of_two_equal_times_the_earlier_counts_and_a_skipped_one_is_none() -> None:
    assert decode("2024-10-27T02:30:00", "Europe/Berlin", type="datetime") == "2024-10-27T00:30:00Z"
    assert refusal(decode, "2024-03-31T02:30:00", "Europe/Berlin", type="datetime") == "not_convertible"


def test_the_first_form_that_loses_nothing_is_written() -> None:
    forms: Json = ["YYYY-MM-DD", "DD.MM.YYYY hh:mm", "YYYY-MM-DDThh:mm:ssZ"]

    assert encode("2024-04-30T22:00:00Z", "Europe/Berlin", type="datetime", as_=forms) == "2024-05-01"
    assert encode("2024-05-01T08:15:00Z", "Europe/Berlin", type="datetime", as_=forms) == "01.05.2024 10:15"
    later_of_two = "2024-10-27T01:30:00Z"
    assert encode(later_of_two, "Europe/Berlin", type="datetime", as_=forms) == "2024-10-27T01:30:00+00:00"
    assert refusal(encode, "2024-05-01T08:15:00.5Z", "UTC", type="datetime", as_=forms) == "not_convertible"


def test_epochs_count_seconds_or_thousandths() -> None:
    assert decode(1130168212, type="datetime", as_="epoch_s") == "2005-10-24T15:36:52Z"
    assert decode("1130168212050", type="datetime", as_="epoch_ms") == "2005-10-24T15:36:52.05Z"
    assert decode(-1, type="datetime", as_="epoch_ms") == "1969-12-31T23:59:59.999Z"
    assert encode("1969-12-31T23:59:59.999Z", type="datetime", as_="epoch_ms") == -1
    assert encode("2005-10-24T15:36:52.05Z", type="datetime", as_=["epoch_s", "epoch_ms"]) == 1130168212050
    assert refusal(decode, True, type="datetime", as_="epoch_s") == "wrong_type"
    assert refusal(decode, 10**15, type="datetime", as_="epoch_s") == "not_convertible"
    assert refusal(encode, "2005-10-24T15:36:52.0005Z", type="datetime", as_="epoch_ms") == "not_convertible"


@pytest.mark.parametrize(
    ("options", "member"),
    [
        ({"type": "text"}, "type"),
        ({"type": ["string"]}, "type"),
        ({"as": "integer"}, "as"),
        ({"scale": 2}, "scale"),
        ({"type": "boolean", "as": "string"}, "as"),
        ({"type": "string", "as": "number"}, "as"),
        ({"type": "integer", "as": "text"}, "as"),
        ({"type": "integer", "scale": 2}, "scale"),
        ({"type": "decimal", "scale": -1}, "scale"),
        ({"type": "decimal", "scale": True}, "scale"),
        ({"type": "decimal", "scale": 11}, "scale"),
        ({"type": "date", "as": []}, "as"),
        ({"type": "date", "as": [1]}, "as"),
        ({"type": "date", "as": "YYYY-MM"}, "as"),
        ({"type": "date", "as": "YYYY-MM-DD hh:mm"}, "as"),
        ({"type": "datetime", "as": "YYYY-MM-DD"}, "as"),
        ({"type": "string", "values": []}, "type"),
        ({"values": "x"}, "values"),
        ({"values": [["a"]]}, "values"),
        ({"values": [["a", []]]}, "values"),
    ],
)
def test_options_that_make_no_codec_are_refused_by_member(options: dict[str, Json], member: str) -> None:
    with pytest.raises(BadOption) as caught:
        codec_for(options)

    assert caught.value.member == member


@pytest.mark.parametrize("zone", ["Mars/Base", "", "/etc/passwd", "Europe", "a\x00b"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(BadOption, match="no time zone"):
        codec_for({"type": "datetime"}, zone)
