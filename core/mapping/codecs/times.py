"""Codecs of days and of points in time: ISO texts on our side, in UTC."""

from datetime import UTC, datetime
from typing import Final

import attrs

from core.mapping.codecs.time_formats import Instant, IsoFormat, TimeFormat
from core.mapping.model import Json, Unconvertible
from core.mapping.patterns import Pattern

_ISO_DATE: Final = Pattern.parse("YYYY-MM-DD")
_OURS: Final = IsoFormat(UTC)


@attrs.frozen
class DateTimeCodec:
    """Points in time: the first format that fits reads, the first that loses nothing writes."""

    formats: tuple[TimeFormat, ...]
    kind_test: type | None = None
    encode_kind_test: type | None = None
    bounded: bool = False

    def decode(self, value: Json) -> Json:
        """The instant as RFC 3339 in UTC."""
        instant = self._read(value)
        if instant is not None:
            return instant.show()
        known = any(type(value) in form.kinds for form in self.formats)
        raise Unconvertible("not_convertible" if known else "wrong_type", self._expected)

    def encode(self, value: Json) -> Json:
        """The instant in the partner's form."""
        instant = _OURS.read(value)
        if instant is None:
            raise Unconvertible("not_convertible" if type(value) is str else "wrong_type", _OURS.expected)
        if self.formats[0].exact:
            return self.formats[0].write(instant)
        for form in self.formats:
            written = form.write(instant)
            if written is not None and self._read(written) == instant:
                return written
        raise Unconvertible("not_convertible", f"{self._expected}, which loses nothing")

    def _read(self, value: Json) -> Instant | None:
        return next((found for form in self.formats if (found := form.read(value)) is not None), None)

    @property
    def _expected(self) -> str:
        return " or ".join(form.expected for form in self.formats)


@attrs.frozen
class DateCodec:
    """Days: any of the patterns reads, the first one writes."""

    patterns: tuple[Pattern, ...]
    kind_test: type | None = None
    encode_kind_test: type | None = None
    bounded: bool = False

    def decode(self, value: Json) -> Json:
        """The day as ISO date."""
        return _ISO_DATE.write(_day(value, self.patterns))

    def encode(self, value: Json) -> Json:
        """The day in the partner's form."""
        return self.patterns[0].write(_day(value, (_ISO_DATE,)))


def _day(value: Json, patterns: tuple[Pattern, ...]) -> datetime:
    if isinstance(value, str):
        for pattern in patterns:
            moment = pattern.read(value)
            if moment is not None:
                return moment.local
    expected = "a date like " + " or ".join(f'"{pattern.text}"' for pattern in patterns)
    raise Unconvertible("not_convertible" if isinstance(value, str) else "wrong_type", expected)
