"""The places of ours that errors keep from being filled, so that nothing else need be said of them."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from core.mapping.model import MappingError, Place
from core.mapping.paths import SAME, Steps

_NAMING_FEW: Final = ("too_many_elements", "too_many_errors")
"""The errors that do not name all that they keep from being filled."""


class Unfilled:
    """What these errors leave empty."""

    def __init__(self, errors: Iterable[MappingError]) -> None:
        self._errors = tuple(errors)

    def holds(self, place: Place) -> bool:
        """Whether an error is about the place, about one around it, or about one inside it."""
        if not self._errors:
            return False
        return self._everything or any(
            steps in self._around or any(steps[:end] in self._targets for end in range(1, len(steps) + 1))
            for steps in _spellings(place)
        )

    @cached_property
    def _everything(self) -> bool:
        return any(error.code in _NAMING_FEW or not error.field for error in self._errors)

    @cached_property
    def _targets(self) -> frozenset[Steps]:
        return frozenset(target for error in self._errors for target in error.targets)

    @cached_property
    def _around(self) -> frozenset[Steps]:
        return frozenset(target[:end] for target in self._targets for end in range(1, len(target)))


def _spellings(place: Place) -> Iterator[Steps]:
    """The place, and as rules may name it that fill it in every element."""
    found: list[Steps] = [()]
    for step in place:
        found = [
            (*steps, one) for steps in found for one in ((step, SAME) if isinstance(step, int) else (step,))
        ]
    yield from found
