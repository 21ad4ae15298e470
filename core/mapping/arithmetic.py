"""Exact sums and comparisons of the numbers in a document, texts of money included."""

from collections.abc import Iterable
from decimal import Context, Decimal
from functools import reduce
from math import isfinite
from typing import Final

from core.mapping.codecs.digits import LARGEST_INTEGER, canonical, exact_in_number
from core.mapping.equality import number_in
from core.mapping.model import Json, Unconvertible

_EXACT: Final = Context(prec=400)


def exact(value: Json) -> Decimal | None:
    """The number that a value is or shows; None if it shows none."""
    if isinstance(value, str):
        return number_in(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    return None


def key_text(value: Json) -> str | None:
    """What a key is compared by: a text as it is, a number by its digits; None if the value is neither."""
    if isinstance(value, str):
        return value
    number = exact(value)
    return None if number is None else canonical(number)


def add(values: Iterable[Json]) -> Json:
    """The sum, of the widest kind among the values: whole numbers stay whole, money stays a text.

    Unconvertible if that kind cannot hold it.
    """
    summands = list(values)
    whole = [value for value in summands if isinstance(value, int)]
    if len(whole) == len(summands):
        return _whole(sum(whole))
    numbers = (number for value in summands if (number := exact(value)) is not None)
    total = reduce(_EXACT.add, numbers, Decimal(0))
    if any(isinstance(value, str) for value in summands):
        return canonical(exact_in_number(total))
    if any(isinstance(value, Decimal) for value in summands):
        return exact_in_number(total)
    return _finite(float(total))


def at_least(value: Json, minimum: Json) -> Json:
    """The value, or the minimum if it is a smaller number."""
    number, least = exact(value), exact(minimum)
    if number is None or least is None or number >= least:
        return value
    return canonical(least) if isinstance(value, str) else minimum


def _whole(total: int) -> int:
    if -LARGEST_INTEGER <= total <= LARGEST_INTEGER:
        return total
    raise Unconvertible("out_of_range", "figures whose sum is within ±(2^63-1)")


def _finite(total: float) -> float:
    if isfinite(total):
        return total
    raise Unconvertible("out_of_range", "figures whose sum is a finite number")
