"""What the groups around a rule add to it, and how arrays pair."""

import attrs

from core.mapping.codecs import BadOption
from core.mapping.paths import EACH, Steps, show
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
            raise EachMismatch(partner, internal, sum(spans) + extra)
        last = [sum(spans[: number + 1]) - 1 for number in range(len(ours))]
        return tuple(
            ArrayPair(partner[: theirs[at]], internal[:end]) for at, end in zip(last, ours, strict=True)
        )


class EachMismatch(BadOption):
    """The two paths of a rule have different numbers of arrays."""

    def __init__(self, partner: Steps, internal: Steps, due: int) -> None:
        has, ours = partner.count(EACH), internal.count(EACH)
        rule = "arrays pair one by one" if due == ours else f"on the partner's side {due} are due"
        counts = f"{show(partner)} goes through {_arrays(has)}, {show(internal)} through {_arrays(ours)}"
        super().__init__("partner", f"{counts}; {rule}")
        self.fix = _fix(partner, due - has, ours)


def _arrays(count: int) -> str:
    return {0: "no array", 1: "one array"}.get(count, f"{count} arrays")


def _fix(partner: Steps, lacking: int, ours: int) -> str | None:
    """What was probably meant: each element instead of one, or several that become fewer."""
    if lacking < 0 and ours:
        return 'say "flatten": true on a group to make nested rows flat'
    if lacking < 0:
        return 'write [] on our side too; or read one element with [0], or several with "gather" or "total"'
    numbered = [number for number, step in enumerate(partner) if isinstance(step, int)]
    if len(numbered) != lacking:
        return None
    return f"write {show(tuple(EACH if at in numbered else step for at, step in enumerate(partner)))}"


def _array_ends(steps: Steps) -> list[int]:
    return [number + 1 for number, step in enumerate(steps) if step is EACH]
