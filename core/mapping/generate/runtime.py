"""What generated code is given: markers, and the functions behind its rarer turns."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final, Protocol

from core.mapping.conversion import Conversion
from core.mapping.emptiness import Emptiness
from core.mapping.model import ABSENT, Absent, Json, Lookup, Unconvertible
from core.mapping.paths import Keyed
from core.mapping.reads import Read
from core.mapping.rules import Names, Nulls
from core.mapping.standing import CLEARED, Standing, Troubled
from core.mapping.wrappers import find_keyed


class Deviation(Exception):
    """Something that the generated code leaves to the interpreter."""


class Marker:
    """A value that no document holds."""


OTHER_KIND: Final = Marker()
"""A value that its codec refuses for its kind: another alternative may be meant."""
NO_OBJECT: Final[dict[str, Json]] = {}
"""Stands for an object that is not there; never written to."""
OTHER_SHAPE: Final[dict[str, Json]] = {}
"""Stands for an object where there is something else."""
NO_ARRAY: Final[list[Json]] = []
OTHER_ARRAY: Final[list[Json]] = []

DEVIATIONS: Final = (Deviation, AttributeError, IndexError, KeyError, TypeError, Troubled, Unconvertible)
"""What the interpreter is asked about."""


class Fetch(Protocol):
    """Has a value from the element variables, outermost first."""

    def __call__(self, lookup: Lookup | None, record: Standing, *elements: Json) -> object: ...


def insisting(empty: Emptiness, absent: object) -> Callable[[Json], object]:
    """What stands for a parent that is no container: the absent one if it is empty, else a deviation."""

    def insist(value: Json) -> object:
        if value is None or value in empty:
            return absent
        raise Deviation

    return insist


def tolerating(empty: Emptiness, absent: object, other: object) -> Callable[[Json], object]:
    """What stands for a parent that is no container: the absent one if it is empty, else the other one."""

    def tolerate(value: Json) -> object:
        return absent if value is None or value in empty else other

    return tolerate


def keyed(step: Keyed, wraps: tuple[Names, ...]) -> Callable[[list[Json], object], object]:
    """Finds the element that carries the key."""

    def find(array: list[Json], default: object) -> object:
        index = find_keyed(array, step, wraps)
        return default if index is None else array[index]

    return find


def unwrapping(wraps: tuple[Names, ...], empty: Emptiness) -> Callable[[object], object]:
    """Takes a value out of whichever wrapper is there."""

    def unwrap(value: object) -> object:
        for names in wraps:
            inner = value
            for name in names:
                inner = inner.get(name, ABSENT) if isinstance(inner, dict) else ABSENT
            if inner is not ABSENT:
                return inner
        return _missed(value, wraps[0])

    def _missed(value: object, names: Names) -> object:
        for name in names:
            if value is None or value is ABSENT or _is_in(value, empty):
                return ABSENT
            if not isinstance(value, dict):
                return OTHER_KIND
            value = value.get(name, ABSENT)
        return ABSENT

    return unwrap


def outer_value(record: Standing, count: int) -> Json:
    """The object so many steps outside of the record; null if nothing was sent there."""
    found: Standing | None = record
    for _ in range(count):
        found = None if found is None else found.outer
    return None if found is None else found.value


def fetching(read: Read, *, tolerant: bool) -> Fetch:
    """The definition's own way to have a value."""

    def fetch(lookup: Lookup | None, record: Standing, *elements: Json) -> object:
        try:
            value = read.fetch(standing_in(record, elements), lookup)
        except Troubled as bad:
            if tolerant and bad.is_other_shape:
                return OTHER_KIND
            raise
        return ABSENT if value is CLEARED else value

    return fetch


def standing_in(record: Standing, elements: tuple[Json, ...]) -> Standing:
    """Where reading stands in the innermost element."""
    standing = record
    for element in elements:
        standing = Standing(element, (), (), standing, standing.base, standing.budget)
    return standing


def converting(conversion: Conversion, *, tolerant: bool) -> Callable[[Json, Lookup | None], object]:
    """The definition's own conversion."""

    def convert(value: Json, lookup: Lookup | None) -> object:
        try:
            return conversion.apply(value, lookup)
        except Unconvertible as bad:
            if tolerant and bad.code == "wrong_type":
                return OTHER_KIND
            raise

    return convert


def coding(code: Callable[[Json], Json], nulls: Nulls, *, tolerant: bool) -> Callable[[Json], object]:
    """One direction of a codec, and what becomes of null."""

    def convert(value: Json) -> object:
        if value is None:
            return _null(nulls)
        try:
            return code(value)
        except Unconvertible as bad:
            if tolerant and bad.code == "wrong_type":
                return OTHER_KIND
            raise

    return convert


def refuse_null(value: Json) -> Json:
    """The value, which must not be null."""
    if value is None:
        raise Deviation
    return value


def text_of(value: Json) -> str | None:
    """The value as a part of a joined text; None if it has another kind."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else None


def _null(nulls: Nulls) -> Absent | None:
    if nulls == "reject":
        raise Deviation
    return ABSENT if nulls == "absent" else None


def _is_in(value: object, empty: Emptiness) -> bool:
    return isinstance(value, bool | int | float | Decimal | str | list | dict) and value in empty
