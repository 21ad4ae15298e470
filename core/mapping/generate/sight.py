"""What the code sees where it stands: the elements around it, and the objects and arrays it has opened."""

import attrs

from core.mapping.emptiness import NOTHING_IS_EMPTY, Emptiness
from core.mapping.generate.runtime import (
    NO_ARRAY,
    NO_OBJECT,
    OTHER_ARRAY,
    OTHER_SHAPE,
    insisting,
    keyed,
    outer_value,
    tolerating,
)
from core.mapping.generate.script import Script
from core.mapping.paths import Keyed, Steps
from core.mapping.rules import Names
from core.mapping.sources import BARE, Source


@attrs.define
class Opened:
    """A variable that holds an object or array, or stands for an absent one.

    `doubts` are the tests that tell whether something else stood on the way; none if that is a deviation.
    """

    variable: str
    doubts: tuple[str, ...] = ()


@attrs.define
class Found:
    """An expression for what is at a place, and the doubts on the way there."""

    text: str
    doubts: tuple[str, ...]


class Sight:
    """Reads places from inside the elements that surround the code."""

    def __init__(self, script: Script, elements: tuple[str, ...], around: "Sight | None" = None) -> None:
        self.script = script
        self.elements = elements
        self.has_read_members = False
        self.answers: dict[str, str] = {} if around is None else dict(around.answers)
        self.leaves: dict[tuple[str, str], str] = {}
        self._opened: dict[object, Opened] = {} if around is None else dict(around._opened)
        self._by_place: dict[tuple[int, Steps, type], Opened] = (
            {} if around is None else dict(around._by_place)
        )

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

    def doubt_element(self) -> None:
        """From here on the innermost element may be no object."""
        element = self.script.fresh("n")
        self.script.line(f"{element} = {self.element} if type({self.element}) is dict else N")
        level = len(self.elements) - 1
        self._by_place[level, (), dict] = Opened(element, (f"{element} is N",))

    def find(
        self,
        level: int,
        steps: Steps,
        empty: Emptiness,
        absent: str,
        *,
        tolerant: bool,
        wraps: tuple[Names, ...],
    ) -> Found:
        """What is at a place; the parents are opened first."""
        if not steps:
            return Found(self._start(level).variable if level < 0 else self.elements[level], ())
        *before, last = steps
        if isinstance(last, str):
            parent = self.open_object(level, tuple(before), empty, tolerant=tolerant, wraps=wraps)
            rest = "" if absent == "None" else f", {absent}"
            return Found(f"{parent.variable}.get({self.script.token(last)}{rest})", parent.doubts)
        array = self.open_array(level, tuple(before), empty, tolerant=tolerant, wraps=wraps)
        return Found(self._element_at(array.variable, last, absent, wraps), array.doubts)

    def open_object(
        self, level: int, steps: Steps, empty: Emptiness, *, tolerant: bool, wraps: tuple[Names, ...]
    ) -> Opened:
        """The object at a place."""
        if not steps and level >= 0:
            return self._by_place.get((level, (), dict)) or Opened(self.elements[level])
        return self._open(level, steps, empty, dict, tolerant=tolerant, wraps=wraps)

    def open_array(
        self, level: int, steps: Steps, empty: Emptiness, *, tolerant: bool, wraps: tuple[Names, ...]
    ) -> Opened:
        """The array at a place."""
        return self._open(level, steps, empty, list, tolerant=tolerant, wraps=wraps)

    def opened(self, place: Names) -> str:
        """The variable of an object inside the innermost element."""
        return self._asked_object(self.level(0), place)

    def keep_leaf(self, source: Source, variable: str, absent: str) -> None:
        """Remember that a variable is what stands for absence where a member is not there."""
        if not source.steps and not source.wraps[0]:
            return
        steps = source.steps + source.wraps[0]
        *before, last = steps
        level = self.level(source.up)
        self.has_read_members = self.has_read_members or (not source.up and not before)
        holder = self._opened.get((level, tuple(before), dict, id(source.empty), ()))
        if isinstance(last, str) and (holder is not None or (not before and level >= 0)):
            name = self.elements[level] if holder is None else holder.variable
            self.leaves[name, last] = f"{variable} is {absent}"

    def asked(self, level: int, steps: Steps, absent: str = ", M") -> str:
        """What is at a place of members only, where anything else on the way means that it is absent."""
        *before, last = steps
        return f"{self._asked_object(level, tuple(before))}.get({self.script.token(last)}{absent})"

    def _asked_object(self, level: int, steps: Steps) -> str:
        known = self._by_place.get((level, steps, dict))
        if known is None and not steps:
            known = self.open_object(level, (), NOTHING_IS_EMPTY, tolerant=True, wraps=BARE)
        elif known is None:
            text, variable = self.asked(level, steps, ""), self.script.fresh("n")
            self.script.line(f"{variable} = {text}")
            self.script.line(f"if type({variable}) is not dict: {variable} = E")
            known = self._by_place[level, steps, dict] = Opened(variable)
        return known.variable

    def _start(self, level: int) -> Opened:
        """An object outside of the record, whatever it is."""
        key = (level, "start")
        if key not in self._opened:
            variable = self.script.fresh("u")
            self.script.line(f"{variable} = {self.script.bind(outer_value)}(r, {self.script.token(-level)})")
            self._opened[key] = Opened(variable)
        return self._opened[key]

    def _open(
        self,
        level: int,
        steps: Steps,
        empty: Emptiness,
        kind: type,
        *,
        tolerant: bool,
        wraps: tuple[Names, ...],
    ) -> Opened:
        key = (level, steps, kind, id(empty), wraps if _has_key(steps) else ())
        known = self._opened.get(key)
        if known is None:
            known = self._opened[key] = self._opening(
                level, steps, empty, kind, tolerant=tolerant, wraps=wraps
            )
            self._by_place.setdefault((level, steps, kind), known)
        elif known.doubts and not tolerant:
            self.script.line(f"if {' or '.join(known.doubts)}: raise X")
            known.doubts = ()
        return known

    def _opening(
        self,
        level: int,
        steps: Steps,
        empty: Emptiness,
        kind: type,
        *,
        tolerant: bool,
        wraps: tuple[Names, ...],
    ) -> Opened:
        found = self.find(level, steps, empty, "None", tolerant=tolerant, wraps=wraps)
        self.has_read_members = self.has_read_members or (
            level == len(self.elements) - 1 and len(steps) == 1 and isinstance(steps[0], str)
        )
        variable = self.script.fresh("n" if kind is dict else "a")
        absent, other = ("E", "N") if kind is dict else ("L", "P")
        self.script.line(f"{variable} = {found.text}")
        if tolerant:
            else_ = other if not empty else f"{self._tolerate(empty, kind)}({variable})"
        elif empty or kind is list:
            else_ = f"{self._insist(empty, kind)}({variable})"
        else:
            self.script.line(f"if {variable} is None: {variable} = {absent}")
            return Opened(variable)
        test = f"type({variable}) is not {kind.__name__}"
        self.script.line(f"if {test}: {variable} = {absent} if {variable} is None else {else_}")
        return Opened(variable, (*found.doubts, f"{variable} is {other}") if tolerant else ())

    def insist_on_array(self, empty: Emptiness) -> str:
        """A function that deviates if what is no array is not empty either."""
        return self._insist(empty, list)

    def _insist(self, empty: Emptiness, kind: type) -> str:
        return self._shared("insist", empty, kind, insisting(empty, NO_OBJECT if kind is dict else NO_ARRAY))

    def _tolerate(self, empty: Emptiness, kind: type) -> str:
        stands_for = (NO_OBJECT, OTHER_SHAPE) if kind is dict else (NO_ARRAY, OTHER_ARRAY)
        return self._shared("tolerate", empty, kind, tolerating(empty, *stands_for))

    def _shared(self, word: str, empty: Emptiness, kind: type, made: object) -> str:
        return self.script.share((word, id(empty), kind), made)

    def _element_at(self, array: str, step: object, absent: str, wraps: tuple[Names, ...]) -> str:
        if isinstance(step, Keyed):
            return f"{self.script.bind(keyed(step, wraps))}({array}, {absent})"
        if not isinstance(step, int):
            raise TypeError(step)
        if step == 0:
            return f"({array}[0] if {array} else {absent})"
        is_long = f"len({array}) > " if step > 0 else f"len({array}) >= "
        element = f"{array}[{self.script.token(step)}]"
        return f"({element} if {is_long}{self.script.token(abs(step))} else {absent})"


def _has_key(steps: Steps) -> bool:
    return any(isinstance(step, Keyed) for step in steps)
