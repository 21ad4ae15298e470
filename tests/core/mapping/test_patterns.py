from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.patterns import BadPattern, Pattern, meant

LITERALS = st.text(alphabet="abc/-. :%()[]\\*+T", max_size=3)


@st.composite
def patterns(draw: st.DrawFn) -> str:
    parts = draw(st.permutations(["YYYY", "MM", "DD", "hh", "mm", "ss", *draw(st.sampled_from([[], ["Z"]]))]))
    return draw(LITERALS) + "".join(part + draw(LITERALS) for part in parts)


@given(patterns(), st.datetimes(min_value=datetime(1, 1, 1)))
def test_what_a_pattern_writes_it_reads_back(text: str, moment: datetime) -> None:
    pattern = Pattern.parse(text)
    whole = moment.replace(microsecond=0)

    found = pattern.read(pattern.write(whole))

    assert found is not None
    assert found.local == whole
    assert found.offset == (timedelta(0) if pattern.has_offset else None)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("YYYY-MM-DD", "2024-02-30"),
        ("YYYY-MM-DD", "0000-01-01"),
        ("YYYY-MM-DD", "2024-1-01"),
        ("YYYY-MM-DD", "2024-01-01 "),
        ("YYYY-MM-DD", "2024-01-01\n"),
        ("YYYY-MM-DD", "２０２４-01-01"),
        ("YYYYMMDD", "2024010"),
        ("MM/DD/YYYY hh:mm:ss", "07/04/2026 24:00:00"),
        ("MM/DD/YYYY hh:mm:ss", "07/04/2026 00:09:60"),
        ("YYYY-MM-DDThh:mmZ", "2024-01-01T00:00+24:00"),
        ("YYYY-MM-DDThh:mmZ", "2024-01-01T00:00+0100"),
        ("YYYY.MM.DD", "2024x01x01"),
    ],
)
def test_another_form_or_no_real_time_is_not_read(pattern: str, text: str) -> None:
    assert Pattern.parse(pattern).read(text) is None


def test_offsets_are_read_in_both_forms() -> None:
    pattern = Pattern.parse("YYYY-MM-DDThh:mm:ssZ")

    texts = ["2024-01-01T10:00:00Z", "2024-01-01T10:00:00-05:30"]

    assert [found.offset for text in texts if (found := pattern.read(text))] == [
        timedelta(0),
        -timedelta(hours=5, minutes=30),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("YYYY-MM-DD YYYY", "YYYY stands twice"),
        ("MM/DD", "lacks YYYY"),
        ("iso", "lacks YYYY and MM and DD"),
        ("YYYY-MM-DD mm", "mm but no hh"),
        ("YYYY-MM-DD hh ss", "ss but no mm"),
        ("YYYY-MM-DD" + " " * 60, "at most 64"),
    ],
)
def test_a_text_that_is_no_pattern_is_refused_with_a_reason(text: str, complaint: str) -> None:
    with pytest.raises(BadPattern, match=complaint):
        Pattern.parse(text)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("yyyy-MM-dd HH:mm:ss", "YYYY-MM-DD hh:mm:ss"),
        ("yyyy-mm-dd HH:MM:SS", "YYYY-MM-DD hh:mm:ss"),
        ("YYYY-MM-DD HH:mm:ss", "YYYY-MM-DD hh:mm:ss"),
        ("dd.mm.yyyy", "DD.MM.YYYY"),
        ("yyyyMMdd'T'HHmmssXXX", "YYYYMMDDThhmmssZ"),
        ("%Y-%m-%dT%H:%M:%S%z", "YYYY-MM-DDThh:mm:ssZ"),
        ("%d/%m/%Y", "DD/MM/YYYY"),
        ("Y-m-d H:i:s", "YYYY-MM-DD hh:mm:ss"),
        ("d/m/Y", "DD/MM/YYYY"),
        ("yy-MM-dd", None),
        ("d.M.yyyy", None),
        ("%b %d, %Y", None),
        ("", None),
        ("ISO8601", None),
    ],
)
def test_patterns_of_other_tools_are_understood(text: str, pattern: str | None) -> None:
    assert meant(text) == pattern
