"""Writing one place of a document (section 6): parents are made when, and only when, something is written."""

from collections.abc import Set
from typing import Protocol

import attrs

from core.mapping.claims import Claims
from core.mapping.model import FORBIDDEN_NAMES, Json
from core.mapping.paths import EACH, SAME, Keyed, Prefix, Steps, is_array_step
from core.mapping.rules import Names
from core.mapping.wrappers import find_keyed, wrapped


class Target(Protocol):
    """One place to write, seen from the object that holds it."""

    def put(self, holder: dict[str, Json], value: Json) -> bool:
        """Write the value; False if it had to be dropped, as its array or element is not there."""

    def has_parent(self, holder: dict[str, Json]) -> bool:
        """Whether the object that would hold the value exists."""

    def takes(self, value: Json) -> bool:
        """Whether there is something in the value to write."""


@attrs.frozen
class MemberTarget:
    """A member, below other members."""

    parents: Names
    name: str

    def put(self, holder: dict[str, Json], value: Json) -> bool:
        """Write it; never dropped."""
        _object_at(holder, self.parents)[self.name] = value
        return True

    def has_parent(self, holder: dict[str, Json]) -> bool:
        """Whether all parents are there."""
        return isinstance(_found(holder, self.parents), dict)

    def takes(self, value: Json) -> bool:
        """Any value."""
        return True


@attrs.frozen
class RestTarget:
    """The rest of an object: the members that no rule names, and no prefix more special than the rule's."""

    parents: Names
    claimed: frozenset[str]
    claimed_beginnings: tuple[str, ...]
    wrapper: Names

    def put(self, holder: dict[str, Json], value: Json) -> bool:
        """Write each member that is free; dropped if none is."""
        free = {name: member for name, member in _members(value) if self.is_free(name)}
        if not free:
            return False
        rest = _object_at(holder, self.parents)
        for name, member in free.items():
            rest.setdefault(name, wrapped(member, self.wrapper))
        return True

    def is_free(self, name: str) -> bool:
        """Whether the member may be written."""
        return (
            name not in self.claimed
            and name not in FORBIDDEN_NAMES
            and not name.startswith(self.claimed_beginnings)
        )

    def has_parent(self, holder: dict[str, Json]) -> bool:
        """Whether the object is there."""
        return isinstance(_found(holder, self.parents), dict)

    def takes(self, value: Json) -> bool:
        """Whether a member is free."""
        return any(self.is_free(name) for name, _ in _members(value))


@attrs.frozen
class BuiltTarget:
    """Inside the elements of an array that `[]` rules build: one of them, or every one."""

    array: Names
    index: int | None
    rest: Target

    def put(self, holder: dict[str, Json], value: Json) -> bool:
        """Write into the elements that are there."""
        written = [self.rest.put(element, value) for element in self._elements(holder)]
        return any(written)

    def has_parent(self, holder: dict[str, Json]) -> bool:
        """Whether some element has the parent."""
        return any(self.rest.has_parent(element) for element in self._elements(holder))

    def takes(self, value: Json) -> bool:
        """As the place inside the element."""
        return self.rest.takes(value)

    def _elements(self, holder: dict[str, Json]) -> list[dict[str, Json]]:
        array = _found(holder, self.array)
        if not isinstance(array, list):
            return []
        chosen = array if self.index is None else array[self.index : self.index + 1]
        return [element for element in chosen if isinstance(element, dict)]


@attrs.frozen
class IndexedTarget:
    """In an array that only indexes build; `fillers` stand where lower elements are absent."""

    array: Names
    index: int
    rest: Target | None
    fills_with_null: tuple[bool, ...]

    def put(self, holder: dict[str, Json], value: Json) -> bool:
        """Write into the element, after making it and those before it."""
        if not self.takes(value):
            return False
        array = _array_at(holder, self.array)
        while len(array) <= self.index:
            array.append(None if self.fills_with_null[len(array)] else {})
        if self.rest is None:
            array[self.index] = value
            return True
        element = array[self.index]
        return isinstance(element, dict) and self.rest.put(element, value)

    def has_parent(self, holder: dict[str, Json]) -> bool:
        """Whether the element is there, with the parent."""
        array = _found(holder, self.array)
        if not isinstance(array, list) or len(array) <= self.index:
            return False
        element = array[self.index]
        return self.rest is None or (isinstance(element, dict) and self.rest.has_parent(element))

    def takes(self, value: Json) -> bool:
        """As the place inside the element."""
        return self.rest is None or self.rest.takes(value)


@attrs.frozen
class KeyedTarget:
    """In the element of an array that carries a key; such elements stand in the order of their keys."""

    array: Names
    key: Keyed
    wraps: tuple[Names, ...]
    rest: Target

    def put(self, holder: dict[str, Json], value: Json) -> bool:
        """Write into the element with the key, after making it."""
        if not self.takes(value):
            return False
        array = _array_at(holder, self.array)
        index = find_keyed(array, self.key, self.wraps)
        if index is None:
            index = sum(self._key_of(element) < self.key.text for element in array)
            array.insert(index, {self.key.member: wrapped(self.key.text, self.wraps[0])})
        element = array[index]
        return isinstance(element, dict) and self.rest.put(element, value)

    def has_parent(self, holder: dict[str, Json]) -> bool:
        """Whether the element is there, with the parent."""
        array = _found(holder, self.array)
        index = find_keyed(array, self.key, self.wraps) if isinstance(array, list) else None
        if index is None or not isinstance(array, list):
            return False
        element = array[index]
        return isinstance(element, dict) and self.rest.has_parent(element)

    def takes(self, value: Json) -> bool:
        """As the place inside the element."""
        return self.rest.takes(value)

    def _key_of(self, element: Json) -> str:
        key = _found(element, (self.key.member, *self.wraps[0]))
        return key if isinstance(key, str) else ""


def rest_of(target: Target | None) -> RestTarget | None:
    """The rest of an object that is written, if that is what the target comes down to."""
    while isinstance(target, BuiltTarget | IndexedTarget | KeyedTarget):
        target = target.rest
    return target if isinstance(target, RestTarget) else None


@attrs.frozen
class TargetMaker:
    """Makes targets for one direction: which arrays `[]` rules build, and which places are values.

    What the `claims` name in an object is not written as a part of its rest.
    """

    built: Set[Steps]
    values: Set[Steps]
    claims: Claims

    def make(self, within: Steps, steps: Steps, wraps: tuple[Names, ...]) -> Target:
        """The target at `steps` from the element or document at `within`."""
        at = next((number for number, step in enumerate(steps) if is_array_step(step)), None)
        names = _names(steps[: len(steps) if at is None else at])
        if at is None and isinstance(steps[-1], Prefix):
            named = self.claims.node((*within, *names))
            others = named.more_special(steps[-1].beginning)
            return RestTarget(names, frozenset(named.members), others, wraps[0])
        if at is None:
            return MemberTarget(names[:-1], names[-1])
        array, step, rest = (*within, *names), steps[at], steps[at + 1 :]
        inside = (*array, EACH)
        if isinstance(step, Keyed):
            return KeyedTarget(names, step, wraps, self.make(inside, rest, wraps))
        if inside in self.built or not isinstance(step, int):
            index = step if isinstance(step, int) else None
            return BuiltTarget(names, index, self.make(inside, rest, wraps))
        made = self.make(inside, rest, wraps) if rest else None
        return IndexedTarget(names, step, made, self._fillers(array, step))

    def writes_into_built(self, within: Steps, steps: Steps) -> bool:
        """Whether the place is inside an element that a `[]` rule has to build first."""
        place = within
        for step in steps:
            place = (*place, EACH if is_array_step(step) else step)
            if place in self.built or step is SAME:
                return True
        return False

    def _fillers(self, array: Steps, index: int) -> tuple[bool, ...]:
        return tuple((*array, number) in self.values for number in range(index + 1))


def _names(steps: Steps) -> Names:
    return tuple(step for step in steps if isinstance(step, str))


def _members(value: Json) -> list[tuple[str, Json]]:
    return list(value.items()) if isinstance(value, dict) else []


def _found(holder: Json, names: Names) -> Json:
    for name in names:
        if not isinstance(holder, dict):
            return None
        holder = holder.get(name)
    return holder


def _object_at(holder: dict[str, Json], names: Names) -> dict[str, Json]:
    for name in names:
        child = holder.get(name)
        if not isinstance(child, dict):
            child = holder[name] = {}
        holder = child
    return holder


def _array_at(holder: dict[str, Json], names: Names) -> list[Json]:
    parent = _object_at(holder, names[:-1])
    array = parent.get(names[-1])
    if not isinstance(array, list):
        array = parent[names[-1]] = []
    return array
