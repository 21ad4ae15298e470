"""The ways to have the value of a rule: a place, several joined, elements gathered, a test, pairs, a rest."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

import attrs

from core.mapping.arithmetic import add, exact
from core.mapping.conditions import Condition
from core.mapping.conditions import Read as ReadPath
from core.mapping.conversion import Conversion
from core.mapping.model import ABSENT, FORBIDDEN_NAMES, Absent, Json, Lookup, Unconvertible
from core.mapping.paths import Path
from core.mapping.rules import NameAndValue, Names
from core.mapping.sources import Source, wrapped
from core.mapping.standing import CLEARED, Cleared, Located, Standing, Trouble, Troubled


class Read(Protocol):
    """One way to have a value."""

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """The converted value; Troubled if it cannot be had."""

    def located(self, standing: Standing) -> Located:
        """The place to name."""


@attrs.frozen
class Asking:
    """A condition with the places it asks, as seen from where it stands: wrapped, or else bare."""

    condition: Condition
    sources: dict[Path, tuple[Source, ...]]

    def holds(self, standing: Standing) -> bool:
        """Whether it holds here."""
        return self.condition.holds(self.reader(standing))

    def reader(self, standing: Standing) -> ReadPath:
        """What is at a path; another shape is absence."""

        def read(path: Path) -> Json | Absent:
            for source in self.sources[path]:
                try:
                    value = source.read(standing)
                    return ABSENT if value is CLEARED else value
                except Troubled:
                    continue
            return ABSENT

        return read

    def located(self, standing: Standing, path: Path) -> Located:
        """Where a path that it asks leads."""
        return self.sources[path][0].located(standing)


@attrs.frozen
class PlaceRead:
    """The value at one place."""

    source: Source
    conversion: Conversion | None
    where: Asking | None = None

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """What is there, converted."""
        if self.where is not None and not self.where.holds(standing):
            return ABSENT
        value = self.source.read(standing)
        if self.conversion is None or value is ABSENT or value is CLEARED:
            return value
        try:
            return self.conversion.apply(value, lookup)
        except Unconvertible as bad:
            raise Troubled(Trouble(bad.code, self.located(standing), bad.expected, value)) from None

    def located(self, standing: Standing) -> Located:
        """The place itself."""
        return self.source.located(standing)


@attrs.frozen
class JoinRead:
    """The values that are there, as one text."""

    parts: tuple[Read, ...]
    separator: str

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """The texts joined; absent if there is none."""
        texts: list[str] = []
        cleared, other_shape = False, None
        for part in self.parts:
            try:
                value = part.fetch(standing, lookup)
                if value is CLEARED:
                    cleared = True
                elif value is not ABSENT and value is not None:
                    texts.append(_as_text(value, part.located(standing)))
            except Troubled as bad:
                if not bad.is_other_shape:
                    raise
                other_shape = other_shape or bad
        if texts:
            return self.separator.join(texts)
        if other_shape is not None:
            raise other_shape
        return CLEARED if cleared else ABSENT

    def located(self, standing: Standing) -> Located:
        """The first place."""
        return self.parts[0].located(standing)


@attrs.frozen
class GatherRead:
    """The values of all elements: as an array, as one text, or their sum."""

    array: Source
    element: PlaceRead
    where: Asking | None
    total: bool
    separator: str | None

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """What the elements hold; absent if none holds anything."""
        values: list[Json] = []
        troubles: list[Trouble] = []
        for element in self._elements(standing):
            try:
                check_element(element, members=self.element.source.reads_members)
                value = self.element.fetch(element, lookup)
                if value is not ABSENT and value is not CLEARED:
                    self._keep(value, values, self.element.located(element))
            except Troubled as bad:
                troubles += bad.troubles
        if troubles:
            raise Troubled(*troubles)
        if not values:
            return ABSENT
        return self._together(values)

    def located(self, standing: Standing) -> Located:
        """The array."""
        return self.array.located(standing)

    def _keep(self, value: Json, values: list[Json], located: Located) -> None:
        if value is None and (self.total or self.separator is not None):
            return
        if self.total and exact(value) is None:
            raise Troubled(Trouble("wrong_type", located, "a number", value))
        values.append(value if self.separator is None else _as_text(value, located))

    def _together(self, values: list[Json]) -> Json:
        if self.total:
            return add(values)
        if self.separator is None:
            return values
        return self.separator.join(text for text in values if isinstance(text, str))

    def _elements(self, standing: Standing) -> Iterator[Standing]:
        array = self.array.read(standing)
        if array is ABSENT or array is CLEARED or array is None:
            return
        located, around = self.array.located(standing), self.array.start(standing) or standing
        for element in elements_of(array, located, around, members=self.element.source.reads_members):
            if self.where is None or not isinstance(element.value, dict) or self.where.holds(element):
                yield element


@attrs.frozen
class TestRead:
    """Whether conditions hold; absent where what they ask was not sent."""

    asking: Asking

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """True, false, or absent."""
        read = self.asking.reader(standing)
        return self.asking.condition.holds(read) if self.asking.condition.answered(read) else ABSENT

    def located(self, standing: Standing) -> Located:
        """The first place it asks."""
        return self.asking.located(standing, self.asking.condition.paths()[0])


@attrs.frozen
class PairsRead:
    """An array of names and values, as an object."""

    array: Source
    members: NameAndValue
    name: Source
    value: PlaceRead

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """The values by name; of a name that stands there twice the first counts."""
        array = self.array.read(standing)
        if array is ABSENT or array is CLEARED or array is None:
            return ABSENT
        found: dict[str, Json] = {}
        troubles: list[Trouble] = []
        for element in elements_of(array, self.array.located(standing), standing, members=True):
            try:
                check_element(element, members=True)
                name = self._name(element)
                value = self.value.fetch(element, lookup)
                if value is not ABSENT and value is not CLEARED and name not in FORBIDDEN_NAMES:
                    found.setdefault(name, value)
            except Troubled as bad:
                troubles += bad.troubles
        if troubles:
            raise Troubled(*troubles)
        return found or ABSENT

    def located(self, standing: Standing) -> Located:
        """The array."""
        return self.array.located(standing)

    def _name(self, element: Standing) -> str:
        name = self.name.read(element)
        if isinstance(name, str):
            return name
        found = ABSENT if name is CLEARED else name
        code = "missing" if found is ABSENT else "wrong_type"
        raise Troubled(Trouble(code, self.name.located(element), "a text", found))


@attrs.frozen
class RestRead:
    """The members of an object that no other rule names, perhaps only those that begin so."""

    object: Source
    value: PlaceRead
    beginning: str
    skipped: frozenset[str]
    skipped_beginnings: tuple[str, ...]

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """Those members; absent if there is none."""
        holder = self.object.read(standing)
        if holder is ABSENT or holder is CLEARED or holder is None:
            return ABSENT
        located = self.object.located(standing)
        if not isinstance(holder, dict):
            raise Troubled(Trouble("wrong_shape", located, "an object", holder))
        found: dict[str, Json] = {}
        for name, member in holder.items():
            if self._takes(name):
                inner = Standing(member, (*_place(located), name), standing.target, standing, located.base)
                value = self.value.fetch(inner, lookup)
                if value is not ABSENT and value is not CLEARED:
                    found[name] = value
        return found or ABSENT

    def located(self, standing: Standing) -> Located:
        """The object."""
        return self.object.located(standing)

    def _takes(self, name: str) -> bool:
        return (
            name.startswith(self.beginning)
            and name not in self.skipped
            and name not in FORBIDDEN_NAMES
            and not name.startswith(self.skipped_beginnings)
        )


@attrs.frozen
class AsPairs:
    """An object, as an array of names and values."""

    rest: RestRead
    members: NameAndValue
    wrapper: Names

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """One element for each member."""
        found = self.rest.fetch(standing, lookup)
        if not isinstance(found, dict):
            return found
        return [self._pair(name, value) for name, value in found.items()]

    def located(self, standing: Standing) -> Located:
        """The object."""
        return self.rest.located(standing)

    def _pair(self, name: str, value: Json) -> Json:
        return {
            self.members.name: wrapped(name, self.wrapper),
            self.members.value: wrapped(value, self.wrapper),
        }


def elements_of(array: Json, located: Located, standing: Standing, *, members: bool) -> Iterator[Standing]:
    """Where reading stands in each element; Troubled if this is no array, or one of no objects at all."""
    if not isinstance(array, list):
        raise Troubled(Trouble("wrong_shape", located, "an array", array))
    if members and array and not any(isinstance(element, dict) for element in array):
        raise Troubled(Trouble("wrong_shape", located, "an array of objects", array))
    place = _place(located)
    for number, element in enumerate(array):
        yield Standing(element, (*place, number), standing.target, standing, located.base)


def check_element(element: Standing, *, members: bool) -> None:
    """An array of objects with a hole is broken data, not absence."""
    if members and not isinstance(element.value, dict):
        located = Located(element.base, element.place)
        raise Troubled(Trouble("wrong_shape", located, "an object", element.value))


def _place(located: Located) -> tuple[str | int, ...]:
    return tuple(step for step in located.steps if isinstance(step, str | int))


def _as_text(value: Json, located: Located) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    raise Troubled(Trouble("wrong_type", located, "a text", value))
