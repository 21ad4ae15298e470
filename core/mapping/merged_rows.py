"""What a trace tells of rows that merging has made fewer."""

import attrs

from core.mapping.equality import same
from core.mapping.model import ABSENT, Absent, Json, Place
from core.mapping.rules import Merge
from core.mapping.trace import Entry, Trace


@attrs.frozen
class MergedRows:
    """The rows of an array as merging left them; `moved` tells where each row before has gone."""

    array: Place
    rows: list[Json]
    moved: dict[int, int]
    merge: Merge
    _later: frozenset[int] = attrs.field(init=False)
    _brought: frozenset[Place] = attrs.field(init=False)

    @_later.default
    def _rows_that_went_to_an_earlier_one(self) -> frozenset[int]:
        first = {to: row for row, to in reversed(self.moved.items())}
        return frozenset(self.moved) - frozenset(first.values())

    @_brought.default
    def _what_they_brought_along(self) -> frozenset[Place]:
        return frozenset({(), *self.merge.by, *self.merge.sum})

    def follow(self, trace: Trace) -> None:
        """Point to the rows as they are, and forget what a row did not bring into the one it went to."""
        trace.entries = [
            self._as_merged(entry, target)
            for entry in trace.entries
            if (target := self._moved(entry.target)) is not None
        ]
        trace.links = [
            attrs.evolve(link, target=target)
            for link in trace.links
            if (target := self._moved(link.target)) is not None
        ]

    def _moved(self, place: Place) -> Place | None:
        at = len(self.array)
        if len(place) <= at or place[:at] != self.array:
            return place
        row, inside = place[at], place[at + 1 :]
        if not isinstance(row, int):
            return place
        if row in self._later and inside not in self._brought:
            return None
        return (*self.array, self.moved.get(row, row), *inside)

    def _as_merged(self, entry: Entry, target: Place) -> Entry:
        value = self._standing_at(target)
        if value is ABSENT or same(value, entry.value):
            return attrs.evolve(entry, target=target)
        how = "converted" if entry.how == "copied" else entry.how
        return attrs.evolve(entry, target=target, value=value, how=how)

    def _standing_at(self, place: Place) -> Json | Absent:
        at = len(self.array)
        if place[:at] != self.array:
            return ABSENT
        value: Json = self.rows
        for step in place[at:]:
            if isinstance(value, dict) and step in value:
                value = value[str(step)]
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return ABSENT
        return value
