"""From flat rules to what one direction does: a tree of contexts, one for each pair of arrays."""

from contextlib import suppress
from typing import Literal

import attrs

from core.mapping.claims import Claims
from core.mapping.emptiness import Emptiness
from core.mapping.members import PairsRead, RestRead
from core.mapping.model import ABSENT, Absent, Json, Lookup
from core.mapping.passing import Passing
from core.mapping.paths import Steps
from core.mapping.reads import Asking, Read
from core.mapping.rules import Merge, Names, Rule, Unmapped
from core.mapping.sources import Source
from core.mapping.standing import CLEARED, Cleared, Standing, Troubled
from core.mapping.targets import Target


@attrs.frozen
class Transfer:
    """One rule in one direction: the ways to have the value, and where it goes.

    Without a target it only checks what is there. `notes_default` says to note where a default filled its
    target, which is not known of a row that was merged, nor of every row at once.
    """

    rule: Rule
    reads: tuple[Read, ...]
    target: Target | None
    target_steps: Steps
    required: bool
    default: Json | Absent
    minimum: Json
    other_shape_is_absent: bool
    notes_default: bool = True

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """The first value that is there; Troubled if none is and a place has another shape."""
        cleared, other_shape = False, None
        for read in self.reads:
            try:
                value = read.fetch(standing, lookup)
            except Troubled as bad:
                if not bad.is_other_shape:
                    raise
                other_shape = other_shape or bad
                continue
            if value is CLEARED:
                cleared = True
            elif value is not ABSENT:
                return value
        if other_shape is not None and not self.other_shape_is_absent:
            raise other_shape
        return CLEARED if cleared else ABSENT

    def read_by(self, standing: Standing, lookup: Lookup | None, *, cleared: bool) -> Read | None:
        """The way that has the value; if no one has, the first that is present and empty, if that counts."""
        empty = None
        for read in self.reads:
            try:
                value = read.fetch(standing, lookup)
            except Troubled as bad:
                if not bad.is_other_shape:
                    return read
                continue
            if value is CLEARED or (value is ABSENT and cleared and _holds_empty(read, standing, lookup)):
                empty = empty or read
            elif value is not ABSENT:
                return read
        return empty if cleared else None

    def cleared(self, standing: Standing, lookup: Lookup | None) -> list[str]:
        """The members that are present and empty, where the rule reads whatever members there are."""
        several = [read for read in self.reads if isinstance(read, PairsRead | RestRead)]
        if not several:
            return []
        read_by = self.read_by(standing, lookup, cleared=False)
        found: list[str] = []
        for read in several:
            if read_by is None or read is read_by:
                with suppress(Troubled):
                    named = read.named(standing, lookup).items()
                    found += [name for name, value in named if value is CLEARED]
        return found


def _holds_empty(read: Read, standing: Standing, lookup: Lookup | None) -> bool:
    """Whether it reads whatever members there are, and finds some, as it has no value, empty ones."""
    return isinstance(read, PairsRead | RestRead) and bool(read.named(standing, lookup))


@attrs.frozen
class Fixed:
    """A value that is always written, or only where its parent is there anyway; `notes_default` as above."""

    rule: Rule
    value: Json
    target: Target
    target_steps: Steps
    needs_parent: bool
    notes_default: bool = True


@attrs.frozen
class Context:
    """What happens in a record, or in each element of a pair of arrays.

    `arrays` are read one inside the other (more than one where nested rows are flattened); `array_target` is
    where the built array goes. With `value` an element becomes that value; else an object: `transfers` and
    `fixed` write into it, then the children build their arrays, then `into` and `late` write into elements
    that are there by then, then rows are merged; at last what is left passes.
    """

    arrays: tuple[Source, ...]
    array_target: Target | None
    target_steps: Steps
    where: Asking | None
    reads_members: bool
    value: Transfer | None
    transfers: tuple[Transfer, ...]
    fixed: tuple[Fixed, ...]
    children: tuple["Context", ...]
    into: tuple[Transfer, ...]
    late: tuple[Fixed, ...]
    merge: Merge | None
    minimums: tuple[tuple[Names, Json], ...]
    passing: Passing | None


@attrs.frozen
class Plan:
    """One direction of a mapping; `empty` is what its conditions take for empty, beside null.

    `secrets` are the places that its secret rules read, from the top of what is sent.
    """

    direction: Literal["in", "out"]
    root: Context
    unmapped: Unmapped
    empty: Emptiness
    claims: Claims
    secrets: Claims
    row_minimums: tuple[tuple[Names, Json], ...]
