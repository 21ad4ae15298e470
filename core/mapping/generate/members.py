"""The members of an object, and arrays of names and values, taken in a call."""

from collections.abc import Callable, Sized

from core.mapping.budget import Budget
from core.mapping.emptiness import Emptiness
from core.mapping.generate.runtime import Deviation
from core.mapping.members import AsPairs, PairsRead, RestRead
from core.mapping.model import ABSENT, FORBIDDEN_NAMES, Json, Lookup
from core.mapping.reads import PlaceRead
from core.mapping.standing import CLEARED, Standing
from core.mapping.wrappers import wrapped

Take = Callable[[Json, Lookup | None, Budget], object]
Convert = Callable[[Json, Lookup | None], object]


def taking_pairs(read: PairsRead) -> Take:
    """An array of names and values as an object; of a name that stands there twice the first counts."""
    name_member, value_member = read.members.name, read.members.value
    convert, is_bare = _converting(read.value), read.name.bare

    def take_bare(element: dict[str, Json], lookup: Lookup | None) -> tuple[object, object]:
        value = element.get(value_member, ABSENT)
        name = element.get(name_member)
        return name, value if value is ABSENT else convert(value, lookup)

    def take_wrapped(element: dict[str, Json], lookup: Lookup | None) -> tuple[object, object]:
        standing = Standing(element)
        return read.name.read(standing), read.value.fetch(standing, lookup)

    take_one = take_bare if is_bare else take_wrapped

    def take(array: Json, lookup: Lookup | None, budget: Budget) -> object:
        if not isinstance(array, list):
            return _nothing(array, read.array.empty)
        _count(array, budget)
        found: dict[str, object] = {}
        for element in array:
            if not isinstance(element, dict):
                raise Deviation
            name, value = take_one(element, lookup)
            if not isinstance(name, str):
                raise Deviation
            if value is not ABSENT and value is not CLEARED and name not in FORBIDDEN_NAMES:
                found.setdefault(name, value)
        return found or ABSENT

    return take


def taking_rest(read: RestRead) -> Take:
    """The members of an object that no other rule names."""
    beginning, others = read.beginning, read.skipped_beginnings
    skipped = read.skipped | FORBIDDEN_NAMES
    convert, is_outside = _converting(read.value), read.object.up > 0

    def take(holder: Json, lookup: Lookup | None, budget: Budget) -> object:
        if not isinstance(holder, dict) or (holder and read.object.empty and holder in read.object.empty):
            return _nothing(holder, read.object.empty)
        if is_outside:
            _count(holder, budget)
        found: dict[str, object] = {}
        for name in holder:
            if (
                name.startswith(beginning)
                and name not in skipped
                and not (others and name.startswith(others))
            ):
                value = convert(holder[name], lookup)
                if value is not ABSENT and value is not CLEARED:
                    found[name] = value
        return found or ABSENT

    return take


def taking_as_pairs(read: AsPairs) -> Take:
    """The members of an object as an array of names and values."""
    take_rest, members, wrapper = taking_rest(read.rest), read.members, read.wrapper

    def take(holder: Json, lookup: Lookup | None, budget: Budget) -> object:
        found = take_rest(holder, lookup, budget)
        if not isinstance(found, dict):
            return found
        return [
            {members.name: wrapped(name, wrapper), members.value: wrapped(value, wrapper)}
            for name, value in found.items()
        ]

    return take


def _count(elements: Sized, budget: Budget) -> None:
    if not budget.take(len(elements)):
        raise Deviation


def _converting(read: PlaceRead) -> Convert:
    """The value, not wrapped, with its conversion; the definition's own read where there are wrappers."""
    empty, conversion = read.source.empty, read.conversion

    def convert(value: Json, lookup: Lookup | None) -> object:
        if empty and value in empty:
            return ABSENT
        return value if conversion is None else conversion.apply(value, lookup)

    def fetch(value: Json, lookup: Lookup | None) -> object:
        return read.fetch(Standing(value), lookup)

    return convert if read.source.bare else fetch


def _nothing(value: Json, empty: Emptiness) -> object:
    if value is None or value in empty:
        return ABSENT
    raise Deviation
