"""How a field's value is read: strict, nothing coerced; what is wrong is told in a sentence."""

from collections.abc import Callable, Mapping
from datetime import datetime

from core.entities.fields import Field, Kind
from core.entities.json import Json
from core.entities.timestamp import read_time

Reader = Callable[[Json], object]
_INT_LIMIT = 2**63


class WrongValue(ValueError):
    """A value that its field does not take; `masked` is the message without the value."""

    def __init__(self, code: str, message: str, masked: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.masked = masked


def kind_of(value: Json) -> str:
    """The kind of a JSON value, for a sentence."""
    match value:
        case None:
            return "null"
        case bool():
            return f"the boolean {str(value).lower()}"
        case str():
            return "text"
        case list():
            return "an array"
        case dict():
            return "an object"
        case _:
            return f"the number {value}"[:40]


def _kind_alone(value: Json) -> str:
    match value:
        case bool():
            return "a boolean"
        case None | str() | list() | dict():
            return kind_of(value)
        case _:
            return "a number"


def wrong_type(expected: str, value: Json) -> WrongValue:
    found, masked = kind_of(value), _kind_alone(value)
    return WrongValue("WRONG_TYPE", f"must be {expected}, not {found}", f"must be {expected}, not {masked}")


def _other_value(code: str, expected: str, found: str) -> WrongValue:
    return WrongValue(code, f"must {expected}, not {found}", f"must {expected}")


def _text(field: Field) -> Reader:
    low, high, choices = field.min_length or 0, field.max_length, field.choices

    def read(value: Json) -> str:
        if type(value) is not str:
            raise wrong_type("text", value)
        if choices and value not in choices:
            raise _other_value("INVALID", f"be one of {', '.join(choices)}", f'"{value[:40]}"')
        if len(value) < low:
            raise WrongValue("TOO_SHORT", "must not be empty")
        if high is not None and len(value) > high:
            raise WrongValue("TOO_LONG", f"must have at most {high} characters, not {len(value)}")
        return value

    return read


def _integer(field: Field) -> Reader:
    minimum = -_INT_LIMIT if field.minimum is None else field.minimum

    def read(value: Json) -> int:
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int:
            raise wrong_type("a whole number", value)
        if not minimum <= value < _INT_LIMIT:
            bound = f"at least {minimum}" if value < minimum else f"at most {_INT_LIMIT - 1}"
            raise _other_value("OUT_OF_RANGE", f"be {bound}", str(value))
        return value

    return read


def _boolean(_: Field) -> Reader:
    def read(value: Json) -> bool:
        if type(value) is not bool:
            raise wrong_type("true or false", value)
        return value

    return read


def _datetime(_: Field) -> Reader:
    def read(value: Json) -> datetime:
        if type(value) is not str:
            raise wrong_type("a date-time text such as 2026-04-30T22:00:00Z", value)
        try:
            return read_time(value)
        except ValueError as error:
            expected = "be an ISO 8601 date-time such as 2026-04-30T22:00:00Z"
            raise _other_value("INVALID", expected, f'"{value[:40]}"') from error

    return read


def _object(_: Field) -> Reader:
    def read(value: Json) -> Json:
        if type(value) is not dict:
            raise wrong_type("an object", value)
        return value

    return read


def _list(field: Field) -> Reader:
    def read(value: Json) -> Json:
        if type(value) is not list:
            raise wrong_type("an array", value)
        if field.min_length and not value:
            raise WrongValue("TOO_SHORT", "must have at least one element")
        return value

    return read


_READERS: Mapping[Kind, Callable[[Field], Reader]] = {
    Kind.STRING: _text,
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.DATETIME: _datetime,
    Kind.OBJECT: _object,
    Kind.LIST: _list,
}


def reader_of(field: Field) -> Reader:
    """Reads a value of the field; the reader raises WrongValue."""
    return _READERS[field.kind](field)
