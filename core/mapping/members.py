"""The members of an object: the rest that no rule names, and arrays of names and values."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import attrs

from core.mapping.elements import check_element, elements_of, place_in
from core.mapping.model import ABSENT, FORBIDDEN_NAMES, Absent, Json, Lookup
from core.mapping.reads import PlaceRead
from core.mapping.rules import NameAndValue, Names
from core.mapping.sources import Source
from core.mapping.standing import CLEARED, Cleared, Located, Standing, TooMany, Trouble, Troubled
from core.mapping.wrappers import wrapped

Named: TypeAlias = dict[str, Json | Cleared]
"""Values by name; what is present and empty is cleared."""


@attrs.frozen
class PairsRead:
    """An array of names and values, as an object."""

    array: Source
    members: NameAndValue
    name: Source
    value: PlaceRead

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """The values by name; absent if there is none."""
        return _filled(self.named(standing, lookup))

    def named(self, standing: Standing, lookup: Lookup | None) -> Named:
        """What stands there by name; of a name that stands there twice the first that has a value counts."""
        found: Named = {}
        troubles: list[Trouble] = []
        for element in self._elements(standing):
            try:
                check_element(element, members=True)
                name = self._name(element)
                value = self.value.fetch(element, lookup)
                is_first = found.get(name, CLEARED) is CLEARED
                if value is not ABSENT and is_first and name not in FORBIDDEN_NAMES:
                    found[name] = value
            except Troubled as bad:
                troubles += bad.troubles
        if troubles:
            raise Troubled(*troubles)
        return found

    def located(self, standing: Standing) -> Located:
        """The array."""
        return self.array.located(standing)

    def members_of(self, standing: Standing) -> Iterator[tuple[str, Standing]]:
        """The names with where their values are read."""
        return ((self._name(element), element) for element in self._elements(standing))

    def _elements(self, standing: Standing) -> Iterable[Standing]:
        array = self.array.read(standing)
        if array is ABSENT or array is CLEARED or array is None:
            return ()
        return elements_of(array, self.array.located(standing), standing, standing.budget, members=True)

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
        """Those members that have a value; absent if there is none."""
        return _filled(self.named(standing, lookup))

    def named(self, standing: Standing, lookup: Lookup | None) -> Named:
        """Those members, empty ones too."""
        found: Named = {}
        for name, inner in self.members_of(standing):
            value = self.value.fetch(inner, lookup)
            if value is not ABSENT:
                found[name] = value
        return found

    def located(self, standing: Standing) -> Located:
        """The object."""
        return self.object.located(standing)

    def members_of(self, standing: Standing) -> Iterator[tuple[str, Standing]]:
        """The names with where their values stand."""
        holder = self.object.read(standing)
        if holder is ABSENT or holder is CLEARED or holder is None:
            return
        located = self.object.located(standing)
        if not isinstance(holder, dict):
            raise Troubled(Trouble("wrong_shape", located, "an object", holder))
        if self.object.up and standing.budget is not None and not standing.budget.take(len(holder)):
            raise TooMany(located, holder)
        for name, member in holder.items():
            if self._takes(name):
                place = (*place_in(located), name)
                yield name, Standing(member, place, standing.target, standing, located.base)

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


def _filled(named: Named) -> Json | Absent:
    return {name: value for name, value in named.items() if value is not CLEARED} or ABSENT
