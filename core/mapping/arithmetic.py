"""Exact sums and comparisons of the numbers in a document, texts of money included."""

from collections.abc import Iterable
from decimal import Context, Decimal
from functools import reduce
from typing import Final

from core.mapping.equality import number_in
from core.mapping.model import Json

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


def add(values: Iterable[Json]) -> Json:
    """The sum, of the widest kind among the values: whole numbers stay whole, money stays a text."""
    summands = list(values)
    numbers = [number for value in summands if (number := exact(value)) is not None]
    if all(isinstance(value, int) for value in summands):
        return int(sum(numbers))
    total = reduce(_EXACT.add, numbers, Decimal(0))
    if any(isinstance(value, str) for value in summands):
        return _shown(total)
    return total if any(isinstance(value, Decimal) for value in summands) else float(total)


def at_least(value: Json, minimum: Json) -> Json:
    """The value, or the minimum if it is a smaller number."""
    number, least = exact(value), exact(minimum)
    if number is None or least is None or number >= least:
        return value
    return _shown(least) if isinstance(value, str) else minimum


def _shown(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
