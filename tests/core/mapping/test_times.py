import pytest

from core.mapping.codecs import codec_for
from core.mapping.model import Unconvertible

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
