"""Date patterns such as `MM/DD/YYYY`: fixed width, each part once, so that what is written reads back."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, Self

import attrs

_PART = re.compile("YYYY|MM|DD|hh|mm|ss|Z")
_DATE_PARTS: Final = ("YYYY", "MM", "DD")
_GROUPED: Final = (*_DATE_PARTS, "hh", "mm", "ss", "Z")
_OFFSET: Final = r"(Z|[+-][0-9]{2}:[0-9]{2})"
_LONGEST_PATTERN: Final = 64
_USUAL: Final = {"yyyy": "YYYY", "dd": "DD", "hh": "hh", "ss": "ss"}
_STRPTIME: Final = {"Y": "YYYY", "m": "MM", "d": "DD", "H": "hh", "M": "mm", "S": "ss", "z": "Z"}
_PHP: Final = {"Y": "YYYY", "m": "MM", "d": "DD", "H": "hh", "i": "mm", "s": "ss", "P": "Z"}
_LETTERS: Final = "a pattern is written with YYYY MM DD hh mm ss Z, in capitals and small letters as here"


class BadPattern(ValueError):
    """A text that is no date pattern; the message says what it lacks."""


@attrs.frozen
class Moment:
    """A date and time as written, with its distance from UTC where that stands there."""

    local: datetime
    offset: timedelta | None


@attrs.frozen
class Pattern:
    """A date pattern, parsed: reads texts of exactly this form and writes it."""

    text: str
    parts: frozenset[str]
    _reader: re.Pattern[str]
    _groups: tuple[int, ...]
    _template: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take a pattern apart, or raise BadPattern."""
        parts = _PART.findall(text)
        _check(text, parts)
        literals = _PART.split(text)
        reader = "".join(
            re.escape(literal) + _reads(part) for literal, part in zip(literals, [*parts, ""], strict=True)
        )
        template = "".join(
            literal.replace("%", "%%") + _writes(part)
            for literal, part in zip(literals, [*parts, ""], strict=True)
        )
        groups = tuple(parts.index(part) + 1 if part in parts else 0 for part in _GROUPED)
        return cls(text, frozenset(parts), re.compile(reader), groups, template)

    @property
    def has_time(self) -> bool:
        """Whether an hour stands in it."""
        return "hh" in self.parts

    @property
    def has_offset(self) -> bool:
        """Whether the distance from UTC stands in it."""
        return "Z" in self.parts

    def read(self, text: str) -> Moment | None:
        """What the text says; None if it has another form or names no real day or time."""
        found = self._reader.fullmatch(text)
        if found is None:
            return None
        year, month, day, hour, minute, second, offset = (found[at] if at else "" for at in self._groups)
        try:
            local = datetime(
                int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
            )
            return Moment(local, read_offset(offset) if offset else None)
        except ValueError:
            return None

    def write(self, moment: datetime) -> str:
        """The moment in this form, the offset as `+00:00`; parts without a place in it are lost."""
        return self._template % {
            "YYYY": moment.year,
            "MM": moment.month,
            "DD": moment.day,
            "hh": moment.hour,
            "mm": moment.minute,
            "ss": moment.second,
        }


def meant(text: str) -> str | None:
    """The pattern that another notation stands for: `yyyy-MM-dd`, `%Y-%m-%d`, `Y-m-d`."""
    if "%" in text:
        translated = re.sub("%([YmdHMSz])", lambda found: _STRPTIME[found[1]], text)
    elif re.search("[A-Za-z]{2}", text):
        translated = _in_usual_letters(text)
    else:
        translated = re.sub("[YmdHisP]", lambda found: _PHP[found[0]], text)
    try:
        return Pattern.parse(translated).text
    except BadPattern:
        return None


def is_iso_by_name(text: str) -> bool:
    """Whether a text names the standard form instead of showing it: `iso`, `ISO 8601`, `rfc3339`."""
    return re.sub("[ _-]", "", text.lower()) in ("iso", "iso8601", "rfc3339")


def _in_usual_letters(text: str) -> str:
    """The months before the hours, the minutes after them, whatever their letters' case."""
    date, hours, rest = re.sub("(?i)yyyy|dd|hh|ss", lambda found: _USUAL[found[0].lower()], text).partition(
        "hh"
    )
    minutes = re.sub("(?i)mm", "mm", rest)
    offset = re.sub("'Z'|X{1,3}|Z+|zzz", "Z", minutes)
    return f"{re.sub('(?i)mm', 'MM', date)}{hours}{offset}".replace("'T'", "T")


@lru_cache(maxsize=256)
def read_offset(text: str) -> timedelta:
    """The distance from UTC that `Z` or `±hh:mm` means; ValueError if there is none so far."""
    if text in ("Z", "z"):
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 23 or minutes > 59:
        raise ValueError(text)
    distance = timedelta(hours=hours, minutes=minutes)
    return -distance if text[0] == "-" else distance


def _check(text: str, parts: list[str]) -> None:
    if len(text) > _LONGEST_PATTERN:
        raise BadPattern(f"a pattern has at most {_LONGEST_PATTERN} characters")
    if len(set(parts)) < len(parts):
        twice = next(part for part in parts if parts.count(part) > 1)
        raise BadPattern(f'{twice} stands twice in "{text}"; {_LETTERS}')
    missing = [part for part in _DATE_PARTS if part not in parts]
    if missing:
        raise BadPattern(f'"{text}" lacks {" and ".join(missing)}; {_LETTERS}')
    for larger, smaller in (("hh", "mm"), ("mm", "ss")):
        if smaller in parts and larger not in parts:
            raise BadPattern(f'"{text}" has {smaller} but no {larger}; {_LETTERS}')


def _reads(part: str) -> str:
    if part == "Z":
        return _OFFSET
    return f"([0-9]{{{len(part)}}})" if part else ""


def _writes(part: str) -> str:
    if part == "Z":
        return "+00:00"
    return f"%({part})0{len(part)}d" if part else ""
