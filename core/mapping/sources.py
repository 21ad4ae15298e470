"""Reading one place of a document (sections 4 and 17: shapes, wrappers, empty values)."""

from itertools import takewhile
from typing import NoReturn

import attrs

from core.mapping.budget import Budget
from core.mapping.emptiness import NOTHING_IS_EMPTY, Emptiness
from core.mapping.equality import same
from core.mapping.model import ABSENT, Absent, Json
from core.mapping.paths import SAME, Keyed, Step, Steps
from core.mapping.rules import Names
from core.mapping.standing import CLEARED, Cleared, Located, Standing, TooMany, Trouble, Troubled
from core.mapping.wrappers import BARE, find_keyed, member_of


class _Misread(Exception):
    """A place that cannot be read: `before`, then `steps` from `start`, then into the wrapper.

    Which indexes the steps have in this document is found out only if someone asks.
    """

    def __init__(
        self,
        code: str,
        expected: str,
        found: Json,
        before: Steps = (),
        start: Json = None,
        steps: Steps = (),
        wrapper: Names = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected
        self.found = found
        self.before = before
        self.start = start
        self.steps = steps
        self.wrapper = wrapper


class _TooMany(Exception):
    """More array elements were gone through than the budget holds."""


class _Misplaced(Troubled):
    """A source that could not be read from where reading stands."""

    def __init__(self, source: "Source", standing: Standing, bad: _Misread) -> None:
        super().__init__()
        self._source = source
        self._standing = standing
        self._bad = bad

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """The one reason, with its place."""
        return (self._source.trouble(self._bad, self._standing),)

    @property
    def is_other_shape(self) -> bool:
        """Whether another alternative may be meant."""
        return self._bad.code == "wrong_shape"


@attrs.frozen
class Source:
    """One place to read: `up` objects outwards from where reading stands, then along `steps`."""

    up: int
    steps: Steps
    wraps: tuple[Names, ...] = BARE
    empty: Emptiness = NOTHING_IS_EMPTY
    null_is_absent: bool = False
    is_array: bool = False
    bare: bool = attrs.field(init=False)
    unwraps: bool = attrs.field(init=False)
    searches_outside: bool = attrs.field(init=False)

    @bare.default
    def _has_no_wrapper(self) -> bool:
        return self.wraps == BARE

    @unwraps.default
    def _needs_a_wrapper(self) -> bool:
        return () not in self.wraps

    @searches_outside.default
    def _searches_outside(self) -> bool:
        return self.up > 0 and any(isinstance(step, Keyed) for step in self.steps)

    @property
    def reads_members(self) -> bool:
        """Whether only an object has what is read."""
        return bool(self.steps and isinstance(self.steps[0], str)) or (not self.steps and self.unwraps)

    def read(self, standing: Standing) -> Json | Absent | Cleared:
        """The unwrapped value; Troubled if a parent has another shape."""
        try:
            start = self.start(standing)
            return ABSENT if start is None else self._follow(start.value, self.steps, (), standing.budget)
        except _Misread as bad:
            raise _Misplaced(self, standing, bad) from None
        except _TooMany:
            raise TooMany(self._first_array(standing), ABSENT) from None

    def located(self, standing: Standing) -> Located:
        """Where this stands in the document, with the wrapper that is there."""
        start = self.start(standing)
        if start is None:
            return Located(standing.base, self.steps)
        value: Json | Absent = start.value
        place: list[Step] = []
        for step in self.steps:
            concrete, value = self._one_step(value, step)
            place.append(concrete)
        wrapper = self._wrapper_of(value)
        return Located(start.base, (*start.place, *place, *wrapper), len(wrapper))

    def _first_array(self, standing: Standing) -> Located:
        """The first array on the way that is gone through."""
        start = self.start(standing) or standing
        steps = takewhile(lambda step: isinstance(step, str | int), self.steps)
        return Located(start.base, (*start.place, *steps))

    def start(self, standing: Standing) -> Standing | None:
        """The object from which the steps count; None outside of what was sent."""
        start: Standing | None = standing
        for _ in range(self.up):
            start = None if start is None else start.outer
        return start

    def _follow(
        self, start: Json, steps: Steps, before: Steps, budget: Budget | None
    ) -> Json | Absent | Cleared:
        value = start
        for depth, step in enumerate(steps):
            if isinstance(step, str):
                if isinstance(value, dict):
                    child = value.get(step, ABSENT)
                    if child is ABSENT:
                        return ABSENT
                    value = child
                    continue
            elif isinstance(value, list):
                is_counted = self.up > 0 and (step is SAME or isinstance(step, Keyed))
                if is_counted and budget is not None and not budget.take(len(value)):
                    raise _TooMany
                if step is SAME:
                    place = (*before, *self._concrete(start, steps[:depth]))
                    return self._agreed(value, steps[depth + 1 :], place, budget)
                element = self._element(value, step)
                if element is ABSENT:
                    return ABSENT
                value = element
                continue
            if value is None or value in self.empty:
                return ABSENT
            expected = "an object" if isinstance(step, str) else "an array"
            raise _Misread("wrong_shape", expected, value, before, start, steps[:depth])
        try:
            return self._end(value)
        except _Misread as bad:
            bad.before, bad.start, bad.steps = before, start, steps
            raise

    def _end(self, value: Json) -> Json | Absent | Cleared:
        if not self.bare:
            unwrapped = self._unwrapped(value)
            if unwrapped is ABSENT:
                return CLEARED if value in self.empty else ABSENT
            value = unwrapped
        if self.is_array and isinstance(value, list):
            return value
        return CLEARED if self.empty and value in self.empty else value

    def _unwrapped(self, value: Json) -> Json | Absent:
        for names in self.wraps:
            found = member_of(value, names)
            if found is not ABSENT:
                return found
        for depth, name in enumerate(self.wraps[0]):
            if value is None or value in self.empty:
                return ABSENT
            if not isinstance(value, dict):
                raise _Misread("wrong_shape", "an object", value, wrapper=self.wraps[0][:depth])
            if name not in value:
                return ABSENT
            value = value[name]
        return ABSENT

    def _agreed(
        self, array: list[Json], rest: Steps, place: Steps, budget: Budget | None
    ) -> Json | Absent | Cleared:
        """The value that every element carries."""
        agreed: Json | Absent | Cleared = ABSENT
        members = bool(rest) or self.unwraps
        if members and array and not any(isinstance(element, dict) for element in array):
            raise _Misread("wrong_shape", "an array of objects", array, place)
        for number, element in enumerate(array):
            if members and not isinstance(element, dict):
                raise _Misread("wrong_shape", "an object", element, (*place, number))
            value = self._follow(element, rest, (*place, number), budget)
            if value is ABSENT or (value is None and self.null_is_absent):
                continue
            if agreed is ABSENT or agreed is CLEARED:
                agreed = value
            elif value is not CLEARED and not same(agreed, value):
                self._disagree(element, rest, (*place, number), value)
        return agreed

    def _disagree(self, element: Json, rest: Steps, place: Steps, value: Json) -> NoReturn:
        located = attrs.evolve(self, up=0, steps=rest).located(Standing(element))
        end = len(located.steps) - located.wrapper
        wrapper = tuple(step for step in located.steps[end:] if isinstance(step, str))
        expected = "the same value in every element"
        raise _Misread("disagree", expected, value, (*place, *located.steps[:end]), wrapper=wrapper)

    def _element(self, array: list[Json], step: Step) -> Json | Absent:
        index = self._index(array, step)
        return ABSENT if index is None else array[index]

    def _index(self, array: list[Json], step: Step) -> int | None:
        if isinstance(step, int):
            return step % len(array) if -len(array) <= step < len(array) else None
        if isinstance(step, Keyed):
            return find_keyed(array, step, self.wraps)
        return 0 if array else None

    def _one_step(self, value: Json | Absent, step: Step) -> tuple[Step, Json | Absent]:
        """The step as it is in this document, and the value behind it."""
        if isinstance(step, str):
            return step, value.get(step, ABSENT) if isinstance(value, dict) else ABSENT
        index = self._index(value, step) if isinstance(value, list) else None
        if index is None or not isinstance(value, list):
            return (0 if step is SAME else step), ABSENT
        return index, value[index]

    def _concrete(self, start: Json, steps: Steps) -> Steps:
        value: Json | Absent = start
        place: list[Step] = []
        for step in steps:
            concrete, value = self._one_step(value, step)
            place.append(concrete)
        return tuple(place)

    def _wrapper_of(self, value: Json | Absent) -> Names:
        if value is not ABSENT:
            for names in self.wraps:
                if member_of(value, names) is not ABSENT:
                    return names
        return () if () in self.wraps else self.wraps[0]

    def trouble(self, bad: _Misread, standing: Standing) -> Trouble:
        """What is wrong, and where."""
        start = self.start(standing) or standing
        inside = (*bad.before, *self._concrete(bad.start, bad.steps), *bad.wrapper)
        located = Located(start.base, (*start.place, *inside), len(bad.wrapper))
        return Trouble(bad.code, located, bad.expected, bad.found)
