"""When two JSON values are the same: by kind and value; 1, "1" and true differ, 1 and 1.0 do not."""

import re
from collections.abc import Hashable
from decimal import Decimal
from typing import Final

from core.mapping.model import Json

LONGEST_NUMBER: Final = 30
"""No number text with more digits than this is converted."""

_NUMBER_TEXT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_BLANKS: Final = " \t\r\n"


def scalar_key(value: Json) -> Hashable:
    """A hashable that is equal for equal scalars and for nothing else."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, float):
        return exact(value)
    if isinstance(value, list | dict):
        raise TypeError("an array or object has no scalar key")
    return value


def exact(number: int | float | Decimal) -> Decimal:
    """The number in decimal digits; a float counts as the shortest text that reads back as it."""
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


def same(left: Json, right: Json) -> bool:
    """Whether two values are of one kind and equal, all the way down."""
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return (
            isinstance(right, dict)
            and left.keys() == right.keys()
            and all(same(value, right[name]) for name, value in left.items())
        )
    return not isinstance(right, list | dict) and scalar_key(left) == scalar_key(right)


def number_in(text: str) -> Decimal | None:
    """The number that a text such as " -12.50 " shows; None if it shows none or is too long."""
    digits = text.strip(_BLANKS)
    if len(digits) > LONGEST_NUMBER + 2 or not _NUMBER_TEXT.fullmatch(digits):
        return None
    return Decimal(digits)
