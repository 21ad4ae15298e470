"""Where reading stands in a source document, and what went wrong there."""

from enum import Enum
from typing import Final

import attrs

from core.mapping.budget import MOST_ELEMENTS, Budget
from core.mapping.model import Absent, Json, Place
from core.mapping.paths import Steps, pointer, show


class Cleared(Enum):
    """The type of the one value that stands for what is present and empty."""

    CLEARED = "cleared"


CLEARED: Final = Cleared.CLEARED


class Standing:
    """An object of the source document and those around it.

    `place` counts from `base`, which is where the record stands in what was sent; `target` is the place
    on the other side that is being filled from here. Array elements that are read from here are taken from
    the `budget`; without one they are not counted.
    """

    __slots__ = ("base", "budget", "outer", "place", "target", "value")

    def __init__(
        self,
        value: Json,
        place: Place = (),
        target: Place = (),
        outer: "Standing | None" = None,
        base: Place = (),
        budget: Budget | None = None,
    ) -> None:
        self.value = value
        self.place = place
        self.target = target
        self.outer = outer
        self.base = base
        self.budget = budget

    def uncounted(self) -> "Standing":
        """The same, for looking again at what was read."""
        return Standing(self.value, self.place, self.target, self.outer, self.base)


@attrs.frozen
class Located:
    """A place in what was sent; `wrapper` steps only wrap the value, with `beyond` steps behind them.

    A translated place may still count from so many objects `outside` of the record.
    """

    base: Place
    steps: Steps
    wrapper: int = 0
    beyond: int = 0
    outside: int = 0

    @property
    def text(self) -> str:
        """The exact place, from the record on."""
        return show(self.steps)

    @property
    def field(self) -> str:
        """The place as a person writes it."""
        end = len(self.steps) - self.beyond
        return show((*self.steps[: end - self.wrapper], *self.steps[end:]))

    @property
    def pointer(self) -> str:
        """The JSON Pointer into what was sent."""
        return pointer((*self.base, *self.steps))

    def below(self, rest: Steps) -> "Located":
        """A place further inside."""
        return attrs.evolve(self, steps=(*self.steps, *rest), beyond=self.beyond + len(rest))

    def unwrapped(self) -> "Located":
        """The place of the wrapper around the value."""
        return attrs.evolve(self, steps=self.steps[: len(self.steps) - self.wrapper], wrapper=0)

    def seen_from(self, record: Standing) -> "Located":
        """A translated place, in what was sent; one outside of the record counts from the payload."""
        holder: Standing | None = record
        for _ in range(self.outside):
            holder = None if holder is None else holder.outer
        if holder is None:
            return attrs.evolve(self, base=record.base, outside=0)
        return attrs.evolve(self, base=holder.base, steps=(*holder.place, *self.steps), outside=0)


@attrs.frozen
class Trouble:
    """What is wrong with one value."""

    code: str
    located: Located
    expected: str | None
    found: Json | Absent

    @property
    def is_other_shape(self) -> bool:
        """Whether the value is of another kind, so that another alternative may be meant."""
        return self.code in ("wrong_shape", "wrong_type")


class Troubled(Exception):
    """A value that could not be had, with every reason."""

    def __init__(self, *troubles: Trouble) -> None:
        super().__init__()
        self._troubles = troubles

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """The reasons."""
        return self._troubles

    @property
    def is_other_shape(self) -> bool:
        """Whether another alternative may be meant."""
        return all(trouble.is_other_shape for trouble in self._troubles)


class TooMany(Troubled):
    """More array elements than one document may hold."""

    def __init__(self, located: Located, found: Json | Absent) -> None:
        most = f"at most {MOST_ELEMENTS} elements in all arrays together"
        super().__init__(Trouble("too_many_elements", located, most, found))
