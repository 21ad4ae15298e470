"""What the groups around a rule add to it, and how arrays pair."""

import attrs

from core.mapping.codecs import BadOption
from core.mapping.paths import EACH, Steps
from core.mapping.rules import ArrayPair


@attrs.frozen
class Scope:
    """What the groups around a rule add to it; `spans` counts the partner arrays each array of ours takes."""

    partner: Steps = ()
    internal: Steps = ()
    spans: tuple[int, ...] = ()
    one_way: bool = False
    depth: int = 0

    def pairs(self, partner: Steps, internal: Steps, extra: int = 0) -> tuple[ArrayPair, ...]:
        """The arrays of two full paths, paired from the outside in; the partner may have `extra` more."""
        ours, theirs = _array_ends(internal), _array_ends(partner)
        spans = self.spans + (1,) * (len(ours) - len(self.spans))
        if sum(spans) + extra != len(theirs):
            raise EachMismatch(len(theirs), sum(spans) + extra)
        last = [sum(spans[: number + 1]) - 1 for number in range(len(ours))]
        return tuple(
            ArrayPair(partner[: theirs[at]], internal[:end]) for at, end in zip(last, ours, strict=True)
        )


class EachMismatch(BadOption):
    """The two paths of a rule have different numbers of arrays."""

    def __init__(self, has: int, due: int) -> None:
        super().__init__("partner", f"the partner path has {has} times [], {due} are due")


def _array_ends(steps: Steps) -> list[int]:
    return [number + 1 for number, step in enumerate(steps) if step is EACH]
