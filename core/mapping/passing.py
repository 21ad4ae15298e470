"""What passes without a rule, and what is left over (section 9)."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import attrs

from core.mapping.claims import Claims
from core.mapping.model import FORBIDDEN_NAMES, Json, Place
from core.mapping.rules import Names

RENAMED: Final = "datamingle_"
_NO_CLAIMS: Final = Claims()


class Leftover(NamedTuple):
    """A member that no rule names; without a target it is blocked: rules own its place on the other side."""

    source: Names
    target: Names | None
    value: Json


@attrs.frozen
class Passing:
    """Which members of one object pass to its counterpart.

    Where the other side claims a name, the member is blocked, or passes under another name if `renames`.
    """

    source: Claims
    target: Claims
    renames: bool

    def leftovers(self, document: dict[str, Json]) -> Iterator[Leftover]:
        """The members without a rule, outermost first."""
        return self._inside(document, self.source, self.target, (), ())

    def pass_on(self, document: dict[str, Json], holder: dict[str, Json]) -> None:
        """Copy what passes into the object that was written."""
        for leftover in self.leftovers(document):
            if leftover.target is not None:
                _put(holder, leftover.target, leftover.value)

    def _inside(
        self, document: dict[str, Json], source: Claims, target: Claims, behind: Names, ahead: Names | None
    ) -> Iterator[Leftover]:
        members, beginnings = source.members, source.beginnings
        for name, value in document.items():
            if name in members:
                inner = members[name]
                if isinstance(value, dict) and inner.is_open:
                    beyond, there = self._counterpart(name, target, ahead)
                    yield from self._inside(value, inner, beyond, (*behind, name), there)
            elif name in FORBIDDEN_NAMES:
                yield Leftover((*behind, name), None, value)
            elif name.startswith(beginnings):
                continue
            elif ahead is not None and not target.claims(name):
                yield Leftover((*behind, name), (*ahead, name), value)
            else:
                yield from self._contested(name, value, target, (*behind, name), ahead)

    def _contested(
        self, name: str, value: Json, target: Claims, place: Names, ahead: Names | None
    ) -> Iterator[Leftover]:
        """A name that the other side claims too."""
        if ahead is None:
            yield Leftover(place, None, value)
        elif isinstance(value, dict) and (inner := target.members.get(name)) and inner.is_open:
            yield from self._inside(value, _NO_CLAIMS, inner, place, (*ahead, name))
        else:
            yield Leftover(place, self._renamed(name, target, ahead), value)

    def _counterpart(self, name: str, target: Claims, ahead: Names | None) -> tuple[Claims, Names | None]:
        """The claims and the place that what is left inside a member meets on the other side."""
        if ahead is None or not target.claims(name):
            return _NO_CLAIMS, None if ahead is None else (*ahead, name)
        inner = target.members.get(name)
        if inner is not None and inner.is_open:
            return inner, (*ahead, name)
        return _NO_CLAIMS, self._renamed(name, target, ahead)

    def _renamed(self, name: str, target: Claims, ahead: Names) -> Names | None:
        """The place under a name that is free, if there is one and names may change."""
        if not self.renames:
            return None
        for _ in range(len(target.members) + len(target.beginnings) + 1):
            name = RENAMED + name
            if not target.claims(name):
                return (*ahead, name)
        return None


def strangers(document: Json, claims: Claims, *, everywhere: bool) -> Iterator[Place]:
    """The topmost places that no rule names; inside unpaired arrays only if asked for `everywhere`."""
    waiting: list[tuple[Place, Json, Claims]] = [((), document, claims)]
    while waiting:
        place, value, node = waiting.pop()
        if node.whole:
            continue
        if isinstance(value, dict) and node.element is None:
            inner: list[tuple[Place, Json, Claims]] = []
            members, beginnings = node.members, node.beginnings
            for name in value:
                if name in members:
                    inner.append(((*place, name), value[name], members[name]))
                elif not beginnings or not name.startswith(beginnings):
                    yield (*place, name)
            waiting += reversed(inner)
        elif isinstance(value, list) and node.element is not None and (everywhere or node.element.paired):
            element = node.element
            waiting += [((*place, number), item, element) for number, item in enumerate(value)][::-1]


def _put(holder: dict[str, Json], names: Names, value: Json) -> None:
    for name in names[:-1]:
        child = holder.get(name)
        if not isinstance(child, dict):
            child = holder[name] = {}
        holder = child
    holder[names[-1]] = value
