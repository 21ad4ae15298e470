"""Values as the tables keep them: times as microseconds, documents as JSON texts that keep every digit."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.entities.json import Json, JsonObject

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_EXACT_FLOAT_LENGTH = 15


def to_micros(moment: datetime) -> int:
    """Microseconds since the epoch."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The time in UTC."""
    return _EPOCH + timedelta(microseconds=micros)


def to_micros_or_none(moment: datetime | None) -> int | None:
    """The same where there may be none."""
    return None if moment is None else to_micros(moment)


def from_micros_or_none(micros: int | None) -> datetime | None:
    """The same where there may be none."""
    return None if micros is None else from_micros(micros)


def dump(value: Json) -> str:
    """A compact JSON text; the order of members is kept."""
    try:
        return _encode(value)
    except _Exact:
        return _write(value)


def dump_object(document: JsonObject) -> str:
    """The same, quick for the many empty ones."""
    return dump(document) if document else "{}"


def load(text: str) -> Json:
    """The value of a JSON text."""
    value: Json = _decode(text)[0]
    return value


def load_object(text: str) -> JsonObject:
    """The same, quick for the many empty ones."""
    if text == "{}":
        return {}
    document: JsonObject = _decode(text)[0]
    return document


def dump_texts(texts: Iterable[str]) -> str:
    """A list of texts as one."""
    return _encode(list(texts))


def load_texts(text: str) -> tuple[str, ...]:
    """The texts of such a list."""
    return tuple(_decode(text)[0])


class _Exact(Exception):
    """A number has more digits than a binary float can tell."""


def _float_or_exact(value: object) -> float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no JSON value")
    if not value.is_finite():
        raise ValueError(f"{value} is no JSON number")
    number = float(value)
    if Decimal(repr(number)) != value:
        raise _Exact
    return number


def _number(text: str) -> float | Decimal:
    number = float(text)
    if len(text) <= _EXACT_FLOAT_LENGTH and "e" not in text and "E" not in text:
        return number
    return number if Decimal(repr(number)) == Decimal(text) else Decimal(text)


def _write(value: Json) -> str:
    """As `_encode`, with every Decimal by its digits, which the encoder cannot."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{_encode(name)}:{_write(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_write, value)) + "]"
    try:
        return _encode(value)
    except _Exact:
        return f"{value:f}"


_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"), default=_float_or_exact
).encode
_decode = json.JSONDecoder(parse_float=_number).raw_decode
