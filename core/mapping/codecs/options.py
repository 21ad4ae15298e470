"""From the options of a rule to its codec."""

from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from core.mapping.codecs.choices import Choices
from core.mapping.codecs.codec import ARRAY, BOOLEAN, COPY, OBJECT, TEXT, BadOption, Codec
from core.mapping.codecs.numbers import (
    Integer,
    IntegerAsText,
    Money,
    MoneyAsNumber,
    Number,
    NumberAsText,
    TextOfInteger,
)
from core.mapping.codecs.time_formats import EpochFormat, IsoFormat, PatternFormat, TimeFormat
from core.mapping.codecs.times import DateCodec, DateTimeCodec
from core.mapping.model import Json
from core.mapping.patterns import BadPattern, Pattern, is_iso_by_name, meant

LARGEST_SCALE: Final = 10
_SECONDS: Final = EpochFormat(0, 1)
_MILLISECONDS: Final = EpochFormat(3, 1000)
_Options = Mapping[str, Json]


def codec_for(options: _Options, zone: str | None = None) -> Codec:
    """The codec that a rule's `type`, `as`, `scale` and `values` ask for; BadOption if they make none."""
    if "values" in options:
        return _choices(options)
    kind = options.get("type")
    if kind is None:
        _refuse(options, "as", "scale", because="goes only with a type")
        return COPY
    if kind == "datetime":
        return _datetime(options, zone)
    make = _CODECS.get(kind) if isinstance(kind, str) else None
    if make is None:
        raise BadOption("type", f"one of {', '.join(TYPES)} is due")
    return make(options)


def find_zone(name: str) -> tzinfo:
    """The time zone of this name; BadOption if there is none."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        raise BadOption(
            "zone", f'no time zone is called "{name}"; write one such as "Europe/Berlin" or "UTC"'
        ) from None


def _choices(options: _Options) -> Codec:
    if "type" in options:
        raise BadOption(
            "type", "type does not go together with values", "leave it out: a pair gives the value as it is"
        )
    _refuse(options, "as", "scale", because="does not go together with values")
    pairs = options["values"]
    if isinstance(pairs, dict):
        return Choices.of(pairs.items())
    if not isinstance(pairs, list):
        raise BadOption("values", "a list of pairs [partner value, internal value] is due")
    return Choices.of(_pair(pair) for pair in pairs)


def _pair(pair: Json) -> tuple[Json, Json]:
    if not isinstance(pair, list) or len(pair) != 2 or any(isinstance(value, list | dict) for value in pair):
        raise BadOption("values", "each entry is a pair of plain values [partner value, internal value]")
    return pair[0], pair[1]


def _of_kind(codec: Codec) -> Callable[[_Options], Codec]:
    def make(options: _Options) -> Codec:
        _refuse(options, "as", "scale", because="does not go with this type")
        return codec

    return make


def _text(options: _Options) -> Codec:
    _refuse(options, "scale", because="goes only with a number")
    return TextOfInteger() if _written_as(options, "string", "integer") == "integer" else TEXT


def _integer(options: _Options) -> Codec:
    if _written_as(options, "number", "string") == "number":
        _refuse(options, "scale", because='goes only with as: "string"')
        return Integer()
    scale = _scale(options)
    return IntegerAsText(tail="." + "0" * scale if scale else "")


def _number(options: _Options) -> Codec:
    as_text = _written_as(options, "number", "string") == "string"
    return NumberAsText(_scale(options)) if as_text else Number(_scale(options))


def _money(options: _Options) -> Codec:
    as_number = _written_as(options, "string", "number") == "number"
    return MoneyAsNumber(_scale(options)) if as_number else Money(_scale(options))


def _date(options: _Options) -> Codec:
    _refuse(options, "scale", because="goes only with a number")
    patterns = tuple(_pattern(text, iso="YYYY-MM-DD") for text in _forms(options, "YYYY-MM-DD"))
    for pattern in patterns:
        if pattern.has_time or pattern.has_offset:
            raise BadOption("as", f'"{pattern.text}" has a time; a date has none (or write type: "datetime")')
    return DateCodec(patterns)


def _datetime(options: _Options, zone: str | None) -> Codec:
    _refuse(options, "scale", because="goes only with a number")
    found = None if zone is None else find_zone(zone)
    return DateTimeCodec(tuple(_time_format(text, found) for text in _forms(options, "iso")))


def _time_format(text: str, zone: tzinfo | None) -> TimeFormat:
    if text == "iso":
        return IsoFormat(zone)
    if text in ("epoch_s", "epoch_ms"):
        return _SECONDS if text == "epoch_s" else _MILLISECONDS
    pattern = _pattern(text, iso="iso")
    if zone is None and not pattern.has_offset:
        raise BadOption("as", f'"{text}" has no offset: add Z to it, or give the mapping a zone')
    return PatternFormat(pattern, zone)


def _pattern(text: str, iso: str) -> Pattern:
    try:
        return Pattern.parse(text)
    except BadPattern as error:
        known = iso if is_iso_by_name(text) else meant(text)
        raise BadOption("as", str(error), None if known is None else f'write "{known}"') from error


def _forms(options: _Options, default: str) -> list[str]:
    given = options.get("as", default)
    forms = [given] if isinstance(given, str) else given
    if not isinstance(forms, list) or not forms:
        raise BadOption("as", "a pattern, or a list of patterns, is due")
    texts = [form for form in forms if isinstance(form, str)]
    if len(texts) < len(forms):
        raise BadOption("as", "a pattern is a text")
    return texts


def _written_as(options: _Options, default: str, other: str) -> str:
    given = options.get("as", default)
    if given != default and given != other:
        raise BadOption("as", f'"{default}" or "{other}" is due')
    return str(given)


def _scale(options: _Options) -> int | None:
    scale = options.get("scale")
    if scale is None:
        return None
    if (
        not isinstance(scale, bool)
        and isinstance(scale, int | float | Decimal)
        and scale in range(LARGEST_SCALE + 1)
    ):
        return int(scale)
    raise BadOption("scale", f"a whole number from 0 to {LARGEST_SCALE} is due")


def _refuse(options: _Options, *members: str, because: str) -> None:
    for member in members:
        if member in options:
            raise BadOption(member, f"{member} {because}")


_CODECS: Final[dict[str, Callable[[_Options], Codec]]] = {
    "string": _text,
    "boolean": _of_kind(BOOLEAN),
    "object": _of_kind(OBJECT),
    "array": _of_kind(ARRAY),
    "integer": _integer,
    "number": _number,
    "decimal": _money,
    "date": _date,
}
TYPES: Final = (*_CODECS, "datetime")
"""The values of `type`."""
