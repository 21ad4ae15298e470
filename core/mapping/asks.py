"""What a condition can ask of one value."""

from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from typing import Protocol, TypeAlias

import attrs

from core.mapping.equality import exact, number_in, same, scalar_key
from core.mapping.model import ABSENT, Absent, Json

IsEmpty: TypeAlias = "Callable[[Json], bool]"
Found: TypeAlias = "Json | Absent"


class Ask(Protocol):
    """What is asked of one value."""

    @property
    def needs_a_value(self) -> bool:
        """Whether the answer says nothing where no value is."""

    def holds(self, value: Found) -> bool:
        """Whether the value, absent or not, is as asked."""


def is_null(value: Json) -> bool:
    """What is empty where a mapping names no empty values."""
    return value is None


@attrs.frozen
class OneOf:
    """One of these values; a number equals the text that shows it."""

    needs_a_value: bool
    scalars: frozenset[Hashable]
    numbers: frozenset[Decimal]
    numbers_as_texts: frozenset[Decimal]
    others: tuple[Json, ...]

    @classmethod
    def of(cls, values: list[Json]) -> "OneOf":
        """The test against these values."""
        scalars = [value for value in values if not isinstance(value, list | dict)]
        return cls(
            needs_a_value=True,
            scalars=frozenset(map(scalar_key, scalars)),
            numbers=_numbers(value for value in scalars if not isinstance(value, str)),
            numbers_as_texts=_numbers(value for value in scalars if isinstance(value, str)),
            others=tuple(value for value in values if isinstance(value, list | dict)),
        )

    def holds(self, value: Found) -> bool:
        """Whether the value is listed."""
        if value is ABSENT:
            return False
        if isinstance(value, list | dict):
            return any(same(value, other) for other in self.others)
        if scalar_key(value) in self.scalars:
            return True
        other_form = self.numbers if isinstance(value, str) else self.numbers_as_texts
        return bool(other_form) and _number(value) in other_form


@attrs.frozen
class NoneOf:
    """None of these values; what is absent is none of any."""

    listed: OneOf
    needs_a_value: bool = True

    def holds(self, value: Found) -> bool:
        """Whether the value is not listed."""
        return not self.listed.holds(value)


@attrs.frozen
class Present:
    """There and not empty, or the opposite."""

    wanted: bool
    is_empty: IsEmpty
    needs_a_value: bool = False

    def holds(self, value: Found) -> bool:
        """Whether the value is there as wanted; null is nowhere."""
        return (value is not ABSENT and value is not None and not self.is_empty(value)) is self.wanted


@attrs.frozen
class Above:
    """A number, or the text of one, that is greater."""

    limit: Decimal
    needs_a_value: bool = True

    @classmethod
    def of(cls, limit: int | float | Decimal) -> "Above":
        """The test against this number."""
        return cls(exact(limit))

    def holds(self, value: Found) -> bool:
        """Whether the value is a greater number."""
        number = None if value is ABSENT else _number(value)
        return number is not None and number > self.limit


def _number(value: Json) -> Decimal | None:
    if isinstance(value, str):
        return number_in(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return exact(value)


def _numbers(values: Iterable[Json]) -> frozenset[Decimal]:
    return frozenset(number for value in values if (number := _number(value)) is not None)
