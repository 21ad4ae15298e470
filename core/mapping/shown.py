"""Values as messages show them: the kind, and at most 40 characters of a scalar."""

from decimal import Decimal
from typing import Final

from core.mapping.model import Absent, Json

LONGEST: Final = 40


def shown(value: Json | Absent) -> str:
    """The value for a sentence, such as "one", 5, null or an array."""
    match value:
        case str():
            return f'"{_cut(value)}"'
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case dict():
            return "an object"
        case list():
            return "an array"
        case int() | float() | Decimal():
            return _number(value)
        case _:
            return "nothing"


def shown_with_kind(value: Json | Absent) -> str | None:
    """The kind and the value, such as string "one"; None if nothing is there."""
    match value:
        case str():
            return f"string {shown(value)}"
        case bool():
            return f"boolean {shown(value)}"
        case int() | float() | Decimal():
            return f"number {shown(value)}"
        case dict():
            return "object"
        case list():
            return "array"
        case None:
            return "null"
        case _:
            return None


def kind_shown(value: Json | Absent) -> str:
    """The kind alone for a sentence, where the value is a secret."""
    match value:
        case str():
            return "a string"
        case bool():
            return "a boolean"
        case int() | float() | Decimal():
            return "a number"
        case _:
            return shown(value)


def _number(value: float | Decimal) -> str:
    digits = 10**LONGEST
    if isinstance(value, int) and not -digits < value < digits:
        return "a very large number"
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
