"""What the code sees where it stands: the elements around it, and the objects and arrays it has opened."""

from typing import Final

from core.mapping.emptiness import NOTHING_IS_EMPTY
from core.mapping.generate.opening import Found, Opened, Way, element_at, opened
from core.mapping.generate.runtime import outer_value
from core.mapping.generate.script import Script
from core.mapping.paths import Keyed, Steps
from core.mapping.rules import Names
from core.mapping.sources import Source
from core.mapping.wrappers import BARE

NEVER: Final = ""
"""The test for the absence of a member without which the code does not go on."""


class Sight:
    """Reads places from inside the elements that surround the code.

    `answers` are the variables of conditions that were asked, `leaves` the tests that tell whether a member
    is absent, by the variable of its object and its name.
    """

    def __init__(self, script: Script, elements: tuple[str, ...], around: "Sight | None" = None) -> None:
        self.script = script
        self.elements = elements
        self.has_read_members = False
        self.answers: dict[str, str] = {} if around is None else dict(around.answers)
        self.leaves: dict[tuple[str, str], str] = {}
        self._objects_for_sure: set[str] = set() if around is None else set(around._objects_for_sure)
        self._opened: dict[object, Opened] = {} if around is None else dict(around._opened)
        self._objects: dict[tuple[int, Steps], Opened] = {} if around is None else dict(around._objects)
        self._objects[len(elements) - 1, ()] = Opened(elements[-1])

    def inside(self, element: str) -> "Sight":
        """The sight from inside an element of an array."""
        return Sight(self.script, (*self.elements, element), self)

    @property
    def element(self) -> str:
        """The innermost element."""
        return self.elements[-1]

    def level(self, up: int) -> int:
        """How far in the object stands that is so many outwards; negative outside of the record."""
        return len(self.elements) - 1 - up

    def way(self, source: Source, *, tolerant: bool) -> Way:
        """How to read what the source reads."""
        return Way(len(self.elements) - 1 - source.up, source.empty, source.wraps, tolerant)

    def doubt_element(self) -> None:
        """From here on the innermost element may be no object."""
        element = self.script.fresh("n")
        self.script.line(f"{element} = {self.element} if type({self.element}) is dict else N")
        self._objects[self.level(0), ()] = Opened(element, (f"{element} is N",))

    def find(self, way: Way, steps: Steps, absent: str) -> Found:
        """What is at a place; its parents are opened first."""
        if not steps:
            is_inside = way.level >= 0
            return Found(self.elements[way.level] if is_inside else self._outside(way.level).variable, ())
        before, last = steps[:-1], steps[-1]
        if isinstance(last, str):
            parent = self._object(way, before)
            rest = "" if absent == "None" else f", {absent}"
            text = f"{parent.variable}.get({self.script.token(last)}{rest})"
            return Found(text, parent.doubts, (parent.variable, last))
        array = self._open(way, before, list)
        return Found(element_at(self.script, array.variable, last, absent, way.wraps), array.doubts)

    def opened(self, place: Names) -> str:
        """The variable of an object inside the innermost element."""
        return self._asked_object(self.level(0), place)

    def keep_leaf(self, found: Found, lacks: str) -> None:
        """Remember that the member was read, and the test that tells whether it is absent."""
        if found.leaf is not None:
            self.leaves[found.leaf] = lacks
            self._objects_for_sure.add(found.leaf[0])
            self.has_read_members = self.has_read_members or found.leaf[0] == self.element

    def sure_member(self, found: Found) -> tuple[str, str] | None:
        """The variable of the object and the token of the member, once reading has told that it is one."""
        if found.leaf is None or found.leaf[0] not in self._objects_for_sure:
            return None
        return found.leaf[0], self.script.token(found.leaf[1])

    def asked(self, level: int, steps: Steps, rest: str = ", M") -> str:
        """What is at a place of members only, where anything else on the way means that it is absent."""
        holder = self._asked_object(level, steps[:-1])
        return f"{holder}.get({self.script.token(steps[-1])}{rest})"

    def _asked_object(self, level: int, steps: Steps) -> str:
        known = self._objects.get((level, steps))
        if known is None and not steps:
            known = self._object(Way(level, NOTHING_IS_EMPTY, tolerant=True), ())
        elif known is None:
            text, variable = self.asked(level, steps, ""), self.script.fresh("n")
            self.script.line(f"{variable} = {text}")
            self.script.line(f"if type({variable}) is not dict: {variable} = E")
            known = self._objects[level, steps] = Opened(variable)
        return known.variable

    def _object(self, way: Way, steps: Steps) -> Opened:
        return self._open(way, steps, dict) if steps or way.level < 0 else self._objects[way.level, ()]

    def _outside(self, level: int) -> Opened:
        """An object outside of the record, whatever it is."""
        if level not in self._opened:
            variable = self.script.fresh("u")
            self.script.line(f"{variable} = {self.script.bind(outer_value)}(r, {self.script.token(-level)})")
            self._opened[level] = Opened(variable)
        return self._opened[level]

    def _open(self, way: Way, steps: Steps, kind: type) -> Opened:
        wraps = way.wraps if way.wraps != BARE and any(isinstance(step, Keyed) for step in steps) else ()
        key = (way.level, steps, kind, id(way.empty), wraps)
        known = self._opened.get(key)
        if known is None:
            found = self.find(way, steps, "None")
            known = self._opened[key] = opened(self.script, found, way, kind)
            self._note_opened(way.level, steps, kind, known)
        elif known.doubts and not way.tolerant:
            self.script.line(f"if {' or '.join(known.doubts)}: raise X")
            known.doubts = ()
        return known

    def _note_opened(self, level: int, steps: Steps, kind: type, known: Opened) -> None:
        if kind is dict:
            self._objects.setdefault((level, steps), known)
        if level == self.level(0) and len(steps) == 1 and isinstance(steps[0], str):
            self.has_read_members = True
