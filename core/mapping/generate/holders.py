"""Where values go: the objects and arrays that one context makes, each made only if something is in it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeAlias, TypeGuard

import attrs

from core.mapping.generate.script import Script
from core.mapping.targets import IndexedTarget, MemberTarget, RestTarget, Target, rest_of

Key: TypeAlias = str | int
Route: TypeAlias = tuple[Key, ...]

REST: Final = -1
"""The key for what is left of an object."""


@attrs.define(eq=False)
class Holder:
    """An object or array in the making; with a single value in it, it is written as one display.

    `fills_with_null` tells of an array what stands for the elements before the last one.
    """

    is_array: bool = False
    fills_with_null: tuple[bool, ...] = ()
    inner: "dict[Key, Holder | None]" = attrs.field(factory=dict)
    uses: int = 0
    variable: str | None = None
    elements: dict[int, str] = attrs.field(factory=dict)

    @property
    def is_shared(self) -> bool:
        """Whether several values go there."""
        return self.uses > 1


class Holders:
    """All that one context makes."""

    def __init__(self, script: Script, root: str) -> None:
        self.script = script
        self.root = Holder(variable=root, uses=2)
        self._routes: dict[int, Route] = {}

    def claim(self, target: Target) -> None:
        """Say that something will be written there, if the target is of a kind that is held here."""
        holder, route = self.root, route_of(target)
        if route is None:
            return
        self._routes[id(target)] = route
        if len(route) == 1:
            holder.inner.setdefault(route[0], None)
            return
        uses, fills = 2 if isinstance(target, RestTarget) else 1, list(_fillers(target))
        for key, following in pairwise(route):
            inner = holder.inner.get(key)
            if inner is None:
                inner = holder.inner[key] = Holder(_is_index(following))
            if inner.is_array:
                inner.fills_with_null = max(inner.fills_with_null, fills.pop(0), key=len)
            inner.uses += uses
            holder = inner
        holder.inner.setdefault(route[-1], None)

    def holds(self, target: Target) -> bool:
        """Whether the target was claimed."""
        return id(target) in self._routes

    def count_of_single_members(self) -> int:
        """How many members are written by one rule each; a rest or shared object counts as none."""
        return sum(
            inner is None or not inner.is_shared for key, inner in self.root.inner.items() if key != REST
        )

    def open(self) -> None:
        """Make what several values go into."""
        self._open(self.root)

    def put(self, target: Target, value: str) -> str:
        """A statement that puts a value in its place."""
        route = self._routes[id(target)]
        if len(route) == 1:
            return f"{self.root.variable}[{self.script.token(route[0])}] = {value}"
        holder, route = self._nearest(route)
        if _is_index(route[0]):
            return f"{holder.elements[route[0]]} = {value}"
        display = value
        for depth in range(len(route) - 1, 0, -1):
            display = self._display(route[:depth], holder, route[depth], display)
        return f"{holder.variable}[{self.script.token(route[0])}] = {display}"

    def variable_at(self, names: Sequence[str]) -> str | None:
        """The object at these names; None if it has no variable."""
        holder, route = self._nearest((*names, ""))
        return None if len(route) > 1 else holder.variable

    def attach(self) -> None:
        """Put what was filled into what holds it, innermost first."""
        self._attach(self.root)

    def _open(self, holder: Holder) -> None:
        for key, inner in holder.inner.items():
            if inner is None:
                if holder.is_array and isinstance(key, int):
                    holder.elements[key] = self.script.fresh("e")
                    self.script.line(f"{holder.elements[key]} = M")
            elif inner.is_array:
                if inner.is_shared:
                    self._open(inner)
            elif inner.is_shared or holder.is_array:
                inner.variable = self.script.fresh("p")
                self.script.line(f"{inner.variable} = {{}}")
                self._open(inner)

    def _attach(self, holder: Holder) -> None:
        for key, inner in holder.inner.items():
            if inner is None or not (inner.variable or (inner.is_array and inner.is_shared)):
                continue
            self._attach(inner)
            if not holder.is_array:
                place = f"{holder.variable}[{self.script.token(key)}]"
                if inner.is_array:
                    self._attach_array(inner, place)
                else:
                    self.script.line(f"if {inner.variable}: {place} = {inner.variable}")

    def _attach_array(self, array: Holder, place: str) -> None:
        word = "if"
        for index in sorted((key for key in array.inner if isinstance(key, int)), reverse=True):
            shown = ", ".join(self._element(array, number) for number in range(index + 1))
            element = array.inner[index]
            test = f"{array.elements[index]} is not M" if element is None else element.variable
            self.script.line(f"{word} {test}: {place} = [{shown}]")
            word = "elif"

    def _element(self, array: Holder, index: int) -> str:
        element = array.inner.get(index)
        if element is not None and element.variable is not None:
            return element.variable
        if index in array.elements:
            variable = array.elements[index]
            filler = "None" if array.fills_with_null[index] else "{}"
            return f"({filler} if {variable} is M else {variable})"
        return "None" if array.fills_with_null[index] else "{}"

    def _nearest(self, route: Route) -> tuple[Holder, Route]:
        """The innermost holder on the way that has a variable, and the rest of the way."""
        holder, at, nearest = self.root, 0, (self.root, route)
        while at < len(route) - 1:
            inner = holder.inner.get(route[at])
            if inner is None:
                break
            holder, at = inner, at + 1
            if holder.variable is not None or (holder.is_array and holder.is_shared):
                nearest = (holder, route[at:])
        return nearest

    def _display(self, way: Route, holder: Holder, key: Key, value: str) -> str:
        if isinstance(key, str):
            return f"{{{self.script.token(key)}: {value}}}"
        for step in way:
            inner = holder.inner[step]
            holder = inner if inner is not None else holder
        fillers = ["None, " if holder.fills_with_null[number] else "{}, " for number in range(key)]
        return f"[{''.join(fillers)}{value}]"


def route_of(target: Target) -> Route | None:
    """The keys that lead to the target, if it is made of members and elements by index alone."""
    if isinstance(target, MemberTarget):
        return (*target.parents, target.name)
    if isinstance(target, RestTarget):
        return (*target.parents, REST)
    if not isinstance(target, IndexedTarget) or rest_of(target) is not None:
        return None
    rest = () if target.rest is None else route_of(target.rest)
    return None if rest is None else (*target.array, target.index, *rest)


def _fillers(target: Target) -> Iterator[tuple[bool, ...]]:
    if isinstance(target, IndexedTarget):
        yield target.fills_with_null
        if target.rest is not None:
            yield from _fillers(target.rest)


def _is_index(key: Key) -> TypeGuard[int]:
    return isinstance(key, int) and key != REST
