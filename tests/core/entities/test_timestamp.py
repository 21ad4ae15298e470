from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entities.timestamp import read_time, show_time


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-04-30T22:00:00Z", "2026-04-30T22:00:00Z"),
        ("2026-04-30", "2026-04-30T00:00:00Z"),
        ("2026-04-30T22:00", "2026-04-30T22:00:00Z"),
        ("20260430T220000", "2026-04-30T22:00:00Z"),
        ("2026-04-30 22:00:00+02:00", "2026-04-30T20:00:00Z"),
        ("2026-04-30t22:00:00.5z", "2026-04-30T22:00:00.500000Z"),
        ("2026-04-30T22:00:00,25-05", "2026-05-01T03:00:00.250000Z"),
        ("2026-W05-3", "2026-01-28T00:00:00Z"),
        ("2026-036", "2026-02-05T00:00:00Z"),
        ("2026-04-30T24:00:00Z", "2026-05-01T00:00:00Z"),
        ("20261231T2400+0200", "2026-12-31T22:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("20161231T155960,5-0800", "2017-01-01T00:00:00.500000Z"),
    ],
)
def test_any_iso_8601_date_time_is_read(text: str, instant: str) -> None:
    assert show_time(read_time(text)) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026",
        "2026-13-01",
        "2026-02-30",
        "2026-366",
        "2026-000",
        "2026-04-30x22:00",
        "2026-04-30T24:00:01Z",
        "9999-12-31T24:00:00Z",
        "0001-01-01T00:00:00+05:00",
        "٢٠٢٦-04-30",
        "30/04/2026",
    ],
)
def test_what_is_no_date_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_time(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_shown_is_read_back(moment: datetime) -> None:
    assert read_time(show_time(moment)) == moment
