"""The formats `date` and `date-time` of JSON Schema (RFC 3339), and where we differ on purpose."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entities.timestamp import read_time
from core.mapping.codecs import codec_for
from core.mapping.model import Json, Unconvertible

DAYS = [
    *("1963-06-19", "2020-01-31", "2021-02-28", "2020-02-29", "2020-04-30", "0400-02-29", "0001-01-01"),
    *("9999-12-31", "2000-02-29"),
]
NO_DAYS = [
    *("2020-01-32", "2020-02-30", "2021-02-29", "2020-04-31", "1998-13-01", "0100-02-29", "2100-02-29"),
    *("2024-00-15", "2024-01-00", "06/19/1963", "2013-350", "1998-1-20", "1998-01-1", "1963-06-1৪"),
    *("2020-0৪-01", "২020-01-01", "20230328", "2023-W01", "2023-W13-2", "2022W527", "2020-11-28T23:55:45Z"),
    *(" 2024-01-15", "2024-01-15 ", "", "2020 -01-01", "2020-01-01X", "2020-01-01Z", "20-01-01", "998-01-01"),
    *("12020-01-01", "+2020-01-01", "-2020-01-01", "YYYY-01-01", "2020-001-01", "2020:01:01", "2020--01-01"),
]
TIMES = [
    *("1963-06-19T08:30:06.283185Z", "1963-06-19T08:30:06Z", "1937-01-01T12:00:27.87+00:20"),
    *("1990-12-31T15:59:50.123-08:00", "1963-06-19t08:30:06.283185z", "1985-04-12T00:59:59.999999999999999Z"),
]
NO_TIMES = [
    *("1998-12-31T23:59:61Z", "1998-12-31T23:58:60Z", "1990-02-31T15:59:59.123-08:00"),
    *("1990-12-31T15:59:59-24:00", "1963-06-19T08:30:06.28123+01:00Z", "1990-12-31T24:00:00Z"),
    *("1990-12-31T15:60:00Z", "1990-12-31T10:00:00+10:60", "06/19/1963 08:30:06 PST", "2013-350T01:01:01"),
    *("1963-6-19T08:30:06.283185Z", "1963-06-1T08:30:06.283185Z", "1963-06-1৪T00:00:00Z"),
    *("1963-06-11T0৪:00:00Z", "+11963-06-19T08:30:06.283185Z"),
]


def is_read(kind: str, text: str) -> bool:
    try:
        codec_for({"type": kind}).decode(text)
    except Unconvertible:
        return False
    return True


@pytest.mark.parametrize("text", DAYS)
def test_days_of_json_schema_are_days(text: str) -> None:
    assert is_read("date", text)


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_in_json_schema_is_none(text: str) -> None:
    assert not is_read("date", text)


@pytest.mark.parametrize("text", TIMES)
def test_times_of_json_schema_are_times(text: str) -> None:
    assert is_read("datetime", text)


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time_in_json_schema_is_none(text: str) -> None:
    assert not is_read("datetime", text)


def read(text: str, zone: str | None = None, **options: Json) -> Json:
    return codec_for({"type": "datetime", **options}, zone).decode(text)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.52Z"),
        ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z"),
        ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.87Z"),
        ("2026-02-28T23:30:00-01:00", "2026-03-01T00:30:00Z"),
        ("2024-02-28T23:30:00-01:00", "2024-02-29T00:30:00Z"),
        ("2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00Z"),
        ("2025-12-31T23:59:59.999999999-00:01", "2026-01-01T00:00:59.999999999Z"),
        ("2026-05-01t12:00:00z", "2026-05-01T12:00:00Z"),
        ("2026-05-01T12:00:00.000Z", "2026-05-01T12:00:00Z"),
        ("2026-05-01T12:00:00-00:00", "2026-05-01T12:00:00Z"),
        ("2026-05-01T12:00:00+23:59", "2026-04-30T12:01:00Z"),
        ("2026-05-01T12:00:00-23:59", "2026-05-02T11:59:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_a_time_is_read_into_utc(text: str, instant: str) -> None:
    assert read(text) == instant
    assert codec_for({"type": "datetime"}).encode(instant) == instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("1998-12-31T23:59:60Z", "1999-01-01T00:00:00Z"),
        ("1998-12-31T15:59:60.123-08:00", "1999-01-01T00:00:00.123Z"),
        ("2016-12-31t23:59:60z", "2017-01-01T00:00:00Z"),
        ("2017-01-01 08:59:60+09:00", "2017-01-01T00:00:00Z"),
    ],
)
def test_a_leap_second_is_the_one_after_it(text: str, instant: str) -> None:
    assert read(text) == instant
    assert read_time(text) == read_time(instant)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1998-12-31T23:58:60Z",
            "1998-12-31T22:59:60Z",
            "1998-12-31T23:59:61Z",
            "1998-12-31T23:59:60+01:00",
        ),
        *("1998-12-31T15:59:60Z", "9999-12-31T23:59:60Z", "1998-12-31T23:60:60Z", "1998-12-31T23:60Z"),
    ],
)
def test_second_sixty_is_one_only_at_the_end_of_a_day_in_utc(text: str) -> None:
    assert not is_read("datetime", text)
    with pytest.raises(ValueError):
        read_time(text)


def test_a_zone_may_say_where_the_day_ends() -> None:
    assert read("2016-12-31T15:59:60", "America/Los_Angeles") == "2017-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-05-01 12:00:00Z", "2026-05-01T12:00:00Z"),
        ("2026-05-01T12:00Z", "2026-05-01T12:00:00Z"),
        ("2026-05-01T12:00+02:00", "2026-05-01T10:00:00Z"),
        ("2026-05-01Z", "2026-05-01T00:00:00Z"),
        ("2026-05-01+02:00", "2026-04-30T22:00:00Z"),
    ],
)
def test_forms_that_json_schema_refuses_but_systems_send_are_times(text: str, instant: str) -> None:
    assert read(text) == instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-05-01T12:00:00", "2026-05-01T12:00:00Z"),
        ("2026-05-01 12:00", "2026-05-01T12:00:00Z"),
        ("2026-05-01", "2026-05-01T00:00:00Z"),
    ],
)
def test_a_time_without_offset_is_one_where_the_mapping_has_a_zone(text: str, instant: str) -> None:
    assert not is_read("datetime", text)
    assert read(text, "UTC") == instant


@pytest.mark.parametrize(
    "text",
    [
        *("", "Z", "T", "2026", "2026-05", "2026-05-01T", "2026-05-01T12", "2026-05-01T12Z"),
        *("2026-05-01T12:00:0Z", "2026-05-01T1:00:00Z", "2026-05-01T12:00:00.Z", "2026-05-01T12:00:00,5Z"),
        *("2026-05-01T12:00:00+2:00", "2026-05-01T12:00:00+02", "2026-05-01T12:00:00+0200"),
        *("2026-05-01T12:00:00+02:00Z", "2026-05-01T12:00:00 Z", "2026-05-01T12:00:00UTC"),
        *("2026-05-01  12:00:00Z", "2026-05-01_12:00:00Z", " 2026-05-01T12:00:00Z", "2026-05-01T12:00:00Z "),
        *("2026-05-01T12:00:00\u221202:00", "2026-05-01T12:00:00Z\n", "2026\u201005-01T12:00:00Z"),
        *("2026-5-01T12:00:00Z", "26-05-01T12:00:00Z", "20260501T120000Z", "2026-W18-5T12:00:00Z"),
        *("2026-121T12:00:00Z", "2026-13-01T12:00:00Z", "2026-00-01T12:00:00Z", "2026-04-31T12:00:00Z"),
        *("2026-02-29T12:00:00Z", "2100-02-29T12:00:00Z", "0000-01-01T12:00:00Z", "2026-05-01T24:00:00Z"),
        *("2026-05-01T23:60:00Z", "2026-05-01T12:00:00+24:00", "2026-05-01T12:00:00+10:60"),
        *("\u0662\u0660\u0662\u0666-05-01T12:00:00Z", "2026-05-01T12:00:00.\u0665Z"),
    ],
)
def test_what_is_no_time_in_either_is_none(text: str) -> None:
    assert not is_read("datetime", text)


@pytest.mark.parametrize("year", [1600, 1999, 2000, 2024, 2026, 2100])
def test_february_has_its_days(year: int) -> None:
    leaps = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

    assert is_read("date", f"{year}-02-28")
    assert is_read("date", f"{year}-02-29") is leaps
    assert is_read("datetime", f"{year}-02-29T00:00:00Z") is leaps
    assert not is_read("date", f"{year}-02-30")


OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=OFFSETS))
def test_any_time_with_an_offset_is_that_instant(moment: datetime) -> None:
    instant = read(moment.isoformat())

    assert isinstance(instant, str)
    assert datetime.fromisoformat(instant) == moment
    assert read_time(moment.isoformat()) == moment
