"""The forms in which a point in time is written: ISO 8601, patterns, seconds since 1970."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Final, Protocol

import attrs

from core.mapping.codecs.digits import whole_in_number, whole_in_text
from core.mapping.model import Json, Unconvertible
from core.mapping.patterns import Pattern, read_offset

_ISO: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?)"
    r"(?:(?<=:[0-9]{2}:[0-9]{2})\.([0-9]{1,30}))?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_EPOCH: Final = datetime(1970, 1, 1)
_SECOND: Final = timedelta(seconds=1)
_LEAP_SECOND: Final = ":59:60"


@attrs.frozen
class Instant:
    """A point in time: the second in UTC, without zone, and the digits after it, of any number."""

    second: datetime
    fraction: str = ""

    def show(self) -> str:
        """RFC 3339 in UTC."""
        return f"{self.second.isoformat()}{'.' if self.fraction else ''}{self.fraction}Z"


class TimeFormat(Protocol):
    """One way to write a point in time; `exact` if it holds every instant and reads back what it wrote."""

    @property
    def exact(self) -> bool: ...

    @property
    def expected(self) -> str:
        """What a text of this form is called in an error."""

    @property
    def kinds(self) -> tuple[type, ...]:
        """The kinds of value it reads."""

    def read(self, value: Json) -> Instant | None:
        """The instant; None if the value has another form or names no real time."""

    def write(self, instant: Instant) -> Json:
        """The instant in this form, as far as the form can hold it; None if not at all."""


@attrs.frozen
class IsoFormat:
    """ISO 8601; a time without an offset counts only where the mapping has a zone.

    A leap second (23:59:60 in UTC) is read as the second after it, as clocks that count since 1970 do.
    """

    zone: tzinfo | None
    kinds: tuple[type, ...] = (str,)
    exact: bool = True

    @property
    def expected(self) -> str:
        """Says that an offset is due where the mapping has no zone."""
        return (
            "an ISO 8601 time"
            if self.zone is not None
            else 'an ISO 8601 time with its offset ("Z" or "+01:00")'
        )

    def read(self, value: Json) -> Instant | None:
        """Date, then perhaps a time, then perhaps an offset."""
        found = _ISO.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            return None
        local, fraction, offset = found.groups()
        try:
            distance = read_offset(offset) if offset else None
            if local.endswith(_LEAP_SECOND):
                utc = _after_leap_second(local, distance, self.zone)
            else:
                utc = to_utc(datetime.fromisoformat(local), distance, self.zone)
        except (ValueError, OverflowError):
            return None
        return None if utc is None else Instant(utc, (fraction or "").rstrip("0"))

    def write(self, instant: Instant) -> Json:
        """RFC 3339 in UTC."""
        return instant.show()


@attrs.frozen
class PatternFormat:
    """A pattern; without hours it means midnight, without an offset the mapping's zone."""

    pattern: Pattern
    zone: tzinfo | None
    kinds: tuple[type, ...] = (str,)
    exact: bool = False

    @property
    def expected(self) -> str:
        """Names the pattern."""
        return f'a time like "{self.pattern.text}"'

    def read(self, value: Json) -> Instant | None:
        """The instant that the text names."""
        moment = self.pattern.read(value) if isinstance(value, str) else None
        if moment is None:
            return None
        try:
            utc = to_utc(moment.local, moment.offset, self.zone)
        except OverflowError:
            return None
        return None if utc is None else Instant(utc)

    def write(self, instant: Instant) -> Json:
        """The local time of the zone, or UTC where the pattern shows the offset."""
        if self.pattern.has_offset:
            return self.pattern.write(instant.second)
        if self.zone is None or self.zone is UTC:
            return None if self.zone is None else self.pattern.write(instant.second)
        try:
            return self.pattern.write(instant.second.replace(tzinfo=UTC).astimezone(self.zone))
        except OverflowError:
            return None


@attrs.frozen
class EpochFormat:
    """Whole seconds, or thousandths of them, since 1970 in UTC."""

    decimals: int
    per_second: int
    kinds: tuple[type, ...] = (int, float, Decimal, str)
    exact: bool = False

    @property
    def expected(self) -> str:
        """Names the unit."""
        return f"a whole number of {'milliseconds' if self.decimals else 'seconds'} since 1970"

    def read(self, value: Json) -> Instant | None:
        """The instant so long after 1970."""
        try:
            count = whole_in_text(value) if isinstance(value, str) else whole_in_number(value)
            seconds, rest = divmod(count, self.per_second)
            second = _EPOCH + timedelta(seconds=seconds)
        except (Unconvertible, OverflowError):
            return None
        return Instant(second, f"{rest:0{self.decimals}d}".rstrip("0") if rest else "")

    def write(self, instant: Instant) -> Json:
        """The count; digits beyond the unit are lost."""
        whole = (instant.second - _EPOCH) // _SECOND
        digits = f"{instant.fraction:0<{self.decimals}}"[: self.decimals]
        return whole * self.per_second + int(digits or "0")


def to_utc(local: datetime, offset: timedelta | None, zone: tzinfo | None) -> datetime | None:
    """The UTC time of a local one; of two the earlier, None if the zone skips it or is unknown."""
    if offset is not None:
        return local - offset
    if zone is None or zone is UTC:
        return None if zone is None else local
    aware = local.replace(tzinfo=zone).astimezone(UTC)
    return aware.replace(tzinfo=None) if aware.astimezone(zone).replace(tzinfo=None) == local else None


def _after_leap_second(local: str, offset: timedelta | None, zone: tzinfo | None) -> datetime | None:
    """The second after a leap second; None if the day does not end there in UTC."""
    before = to_utc(datetime.fromisoformat(f"{local[:-2]}59"), offset, zone)
    if before is None or (before.hour, before.minute) != (23, 59):
        return None
    return before + _SECOND
