"""What the groups around a rule add to it, and how arrays pair."""

import attrs

from core.mapping.codecs import BadOption
from core.mapping.paths import EACH, Steps, show
from core.mapping.rules import ArrayPair


@attrs.frozen
class Scope:
    """What the groups around a rule add to it; `spans` counts the partner arrays each array of ours takes.

    `records` are the ways to the record, in which all paths start.
    """

    records: tuple[Steps, ...] = ()
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
            raise EachMismatch(self, partner, internal, sum(spans) + extra)
        last = [sum(spans[: number + 1]) - 1 for number in range(len(ours))]
        return tuple(
            ArrayPair(partner[: theirs[at]], internal[:end]) for at, end in zip(last, ours, strict=True)
        )


class EachMismatch(BadOption):
    """The two paths of a rule have different numbers of arrays."""

    def __init__(self, scope: Scope, partner: Steps, internal: Steps, due: int) -> None:
        has, ours = partner.count(EACH), internal.count(EACH)
        rule = "arrays pair one by one" if due == ours else f"on the partner's side {_are_due(due)}"
        counts = f"{show(partner)} goes through {_arrays(has)}, {show(internal)} through {_arrays(ours)}"
        again = _repeated(scope.internal, internal), _repeated(scope.partner, partner, *scope.records)
        fix = next((fix for fix in again if fix), None) or _fix(partner, due - has, ours)
        member = "internal" if again[0] and not again[1] else "partner"
        super().__init__(member, f"{counts}; {rule}", fix)


def _arrays(count: int) -> str:
    return {0: "no array", 1: "one array"}.get(count, f"{count} arrays")


def _are_due(count: int) -> str:
    return f"{_arrays(count)} {'is' if count == 1 else 'are'} due"


def _repeated(group: Steps, path: Steps, *records: Steps) -> str | None:
    """Paths start in the record, or where their group stands; this one goes that way once more."""
    inside = path[len(group) :]
    for way in [group] if group else records:
        if way and inside[: len(way)] == way and len(inside) > len(way):
            return f"inside the {'group' if group else 'record'} write {show(inside[len(way) :])}"
    return None


def _fix(partner: Steps, lacking: int, ours: int) -> str | None:
    """What was probably meant: each element instead of one, or several that become fewer."""
    if lacking < 0 and ours:
        return 'say "flatten": true on a group to make nested rows flat'
    if lacking < 0:
        return 'write [] on our side too; or read one element with [0], or several with "gather" or "total"'
    numbered = [number for number, step in enumerate(partner) if isinstance(step, int)]
    if not numbered and lacking == 1 and len(partner) > 1:
        example = show((*partner[:-1], EACH, partner[-1]))
        return f"write [] behind the member that is the array, such as {example}"
    if len(numbered) != lacking:
        return None
    return f"write {show(tuple(EACH if at in numbered else step for at, step in enumerate(partner)))}"


def _array_ends(steps: Steps) -> list[int]:
    return [number + 1 for number, step in enumerate(steps) if step is EACH]
