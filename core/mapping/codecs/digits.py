"""Exact arithmetic on number texts: ASCII digits only, no exponent, bounded before any conversion."""

import re
from decimal import Decimal
from typing import Final

from core.mapping.equality import LONGEST_NUMBER, exact
from core.mapping.model import Json, Unconvertible

A_NUMBER: Final = "a number"
A_WHOLE_NUMBER: Final = "a whole number"
LARGEST_INTEGER: Final = 2**63 - 1

_LARGEST_FLOAT_INTEGER: Final = 2**53
_BLANKS: Final = " \t\r\n"
_LONGEST_TEXT: Final = 200
_NUMBER_TEXT: Final = re.compile(r"([+-]?[0-9]+)(?:\.([0-9]+))?")


def whole_in_text(text: str) -> int:
    """The whole number that a text such as "2.000" shows."""
    whole, fraction = _split(text, A_WHOLE_NUMBER)
    if fraction.strip("0"):
        raise Unconvertible("not_convertible", A_WHOLE_NUMBER)
    return int(whole)


def exact_in_text(text: str, expected: str = A_NUMBER) -> Decimal:
    """The number that a text shows, digit by digit."""
    whole, fraction = _split(text, expected)
    return Decimal(f"{whole}.{fraction}")


def whole_in_number(value: Json) -> int:
    """The whole number that a number is, with a fraction of zero or without."""
    number = check_number(value, A_WHOLE_NUMBER)
    if isinstance(number, int):
        return number
    if not -_LARGEST_FLOAT_INTEGER < number < _LARGEST_FLOAT_INTEGER:
        raise Unconvertible("out_of_range", f"{A_WHOLE_NUMBER} below 2^53 where it has a fraction")
    whole = int(number)
    if whole != number:
        raise Unconvertible("not_convertible", A_WHOLE_NUMBER)
    return whole


def exact_in_number(value: Json) -> Decimal:
    """The number in decimal digits."""
    number = exact(check_number(value, A_NUMBER))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, str) or max(number.adjusted() + 1, 1) + max(-exponent, 0) > LONGEST_NUMBER:
        raise Unconvertible("out_of_range", f"{A_NUMBER} of at most {LONGEST_NUMBER} digits")
    return number


def check_number(value: Json, expected: str) -> int | float | Decimal:
    """The value, which has to be a number; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unconvertible("wrong_type", expected)
    return value


def within_range(number: int) -> int:
    """The number, which has to fit into 64 bits whatever its sign."""
    if -LARGEST_INTEGER <= number <= LARGEST_INTEGER:
        return number
    raise Unconvertible("out_of_range", f"{A_WHOLE_NUMBER} within ±(2^63-1)")


def canonical(number: Decimal) -> str:
    """The one text of a number: no plus sign, no zeros that say nothing, no negative zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return "0" if text == "-0" else text


def with_decimals(number: Decimal, scale: int | None) -> str:
    """The text with exactly so many decimals; more are refused, never rounded."""
    text = canonical(number)
    if scale is None:
        return text
    whole, _, fraction = text.partition(".")
    if len(fraction) > scale:
        raise Unconvertible("not_convertible", f"{A_NUMBER} with at most {scale} decimals")
    if len(whole) + scale > LONGEST_NUMBER:
        raise Unconvertible("out_of_range", f"{A_NUMBER} of at most {LONGEST_NUMBER} digits")
    return f"{whole}.{fraction:0<{scale}}" if scale else whole


def as_number(number: Decimal) -> int | float | Decimal:
    """The plainest number that holds all digits: whole, else binary where that is exact, else decimal."""
    whole = int(number)
    if whole == number:
        return whole
    binary = float(number)
    return binary if Decimal(repr(binary)) == number else number


def _split(text: str, expected: str) -> tuple[str, str]:
    """The digits before and after the point."""
    if len(text) > _LONGEST_TEXT:
        raise Unconvertible("out_of_range", f"{expected} of at most {LONGEST_NUMBER} digits")
    found = _NUMBER_TEXT.fullmatch(text.strip(_BLANKS))
    if found is None:
        raise Unconvertible("not_convertible", expected)
    whole, fraction = found[1], found[2] or ""
    if len(whole.lstrip("+-")) + len(fraction) > LONGEST_NUMBER:
        raise Unconvertible("out_of_range", f"{expected} of at most {LONGEST_NUMBER} digits")
    return whole, fraction
