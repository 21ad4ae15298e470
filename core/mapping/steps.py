"""The steps that paths are made of."""

from enum import Enum
from typing import Final, TypeAlias

import attrs


class Mark(Enum):
    """The steps that are neither a member nor an element."""

    EACH = "[]"
    SAME = "[=]"
    OUTWARD = "^"

    def __repr__(self) -> str:
        return self.value


EACH: Final = Mark.EACH
SAME: Final = Mark.SAME
OUTWARD: Final = Mark.OUTWARD


@attrs.frozen
class Keyed:
    """The first element whose member equals the text."""

    member: str
    text: str


@attrs.frozen
class Prefix:
    """Every member whose name begins so; an empty beginning takes what is left of the object."""

    beginning: str


Step: TypeAlias = str | int | Mark | Keyed | Prefix
Steps: TypeAlias = tuple[Step, ...]


def is_array_step(step: Step) -> bool:
    """Whether the step picks elements of an array."""
    return isinstance(step, int | Keyed) or step is EACH or step is SAME


def with_each(steps: Steps) -> Steps:
    """The path, or a concrete place, with every step into an array turned into `[]`."""
    return tuple(EACH if is_array_step(step) else step for step in steps)
