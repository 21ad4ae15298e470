"""Opens the places that a rule reads, so that its alternatives can be tried one after the other."""

import attrs

from core.mapping.gathering import GatherRead
from core.mapping.generate.asking import Asker
from core.mapping.generate.collecting import Elements, PreparedAgreement, PreparedGather
from core.mapping.generate.converting import Converter
from core.mapping.generate.members import Take, taking_as_pairs, taking_pairs, taking_rest
from core.mapping.generate.prepared import (
    Prepared,
    PreparedCall,
    PreparedJoin,
    PreparedPlace,
    PreparedTest,
)
from core.mapping.generate.runtime import fetching
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.members import AsPairs, PairsRead, RestRead
from core.mapping.paths import SAME
from core.mapping.reads import JoinRead, PlaceRead, Read, TestRead
from core.mapping.sources import Source
from core.mapping.wrappers import BARE


@attrs.define
class Preparer:
    """Prepares the reads of one rule; if `tolerant`, another shape is no deviation."""

    script: Script
    asker: Asker
    sight: Sight
    absent: str
    tolerant: bool = attrs.field(kw_only=True)

    def prepared(self, read: Read, converter: Converter) -> Prepared:
        """The read with its places opened."""
        match read:
            case PlaceRead(source) | PairsRead(source) | RestRead(source) if source.searches_outside:
                return PreparedCall(self.script, self.call(read))
            case PlaceRead(source) if SAME not in source.steps:
                return self.place(read, converter)
            case PlaceRead(source, _, None) if not self.tolerant and source.steps.count(SAME) == 1:
                return self._agreed(source, converter)
            case JoinRead(parts, separator):
                return self._joined(read, parts, separator, converter)
            case GatherRead() if not self.tolerant and is_gathered_in_place(read):
                return self._gathered(read, converter)
            case PairsRead(source) if not self.tolerant and SAME not in source.steps:
                return self._taken(source, taking_pairs(read))
            case RestRead(source) if not self.tolerant and SAME not in source.steps:
                return self._taken(source, taking_rest(read))
            case AsPairs(RestRead(source)) if not self.tolerant and SAME not in source.steps:
                return self._taken(source, taking_as_pairs(read))
            case TestRead(asking):
                holds = self.asker.holds(asking, self.sight)
                return PreparedTest(self.script, holds, self.asker.answered(asking, self.sight))
            case _:
                return PreparedCall(self.script, self.call(read))

    def place(self, read: PlaceRead, converter: Converter) -> PreparedPlace:
        """A place of members and elements by index or key."""
        condition = None if read.where is None else self.asker.held(read.where, self.sight)
        return PreparedPlace.of(
            self.sight,
            read.source,
            converter,
            self.absent,
            condition,
            tolerant=self.tolerant or condition is not None,
            null_is_absent=converter.nulls == "absent" or self.absent == "None",
        )

    def _inside(self, sight: Sight) -> "Preparer":
        """The same for an element of an array."""
        return Preparer(self.script, self.asker, sight, "M", tolerant=False)

    def _agreed(self, source: Source, converter: Converter) -> Prepared:
        at = source.steps.index(SAME)
        array = attrs.evolve(source, steps=source.steps[:at])
        inner = attrs.evolve(source, up=0, steps=source.steps[at + 1 :])
        copier = attrs.evolve(converter, conversion=None)
        return PreparedAgreement(
            self.script,
            Elements(
                self.script,
                self.sight,
                array,
                reads_members=bool(inner.steps) or source.unwraps,
                is_counted=source.up > 0,
            ),
            lambda sight: PreparedPlace.of(
                sight, inner, copier, "M", tolerant=False, null_is_absent=source.null_is_absent
            ),
            converter,
        )

    def _gathered(self, read: GatherRead, converter: Converter) -> Prepared:
        element = read.element
        coder = attrs.evolve(converter, conversion=element.conversion)
        return PreparedGather(
            self.script,
            Elements(self.script, self.sight, read.array, element.source.reads_members),
            read,
            lambda sight: self._inside(sight).place(element, coder),
            self.asker.holds,
        )

    def _taken(self, source: Source, take: Take) -> Prepared:
        """What is made of an array or object in a call."""
        found = self.sight.find(self.sight.way(source, tolerant=False), source.steps, "None")
        self.script.calls_count = True
        return PreparedCall(self.script, f"{self.script.bind(take)}({found.text}, l, g)")

    def call(self, read: Read) -> str:
        """The definition's own way to have a value."""
        self.script.calls_count = True
        elements = "".join(f", {element}" for element in self.sight.elements[1:])
        return f"{self.script.bind(fetching(read, tolerant=self.tolerant))}(l, r{elements})"

    def _joined(
        self, read: JoinRead, parts: tuple[Read, ...], separator: str, converter: Converter
    ) -> Prepared:
        if not all(isinstance(part, PlaceRead) and part.where is None for part in parts):
            return PreparedCall(self.script, self.call(read))
        inner = attrs.evolve(self, absent="M", tolerant=True)
        prepared = [
            inner.prepared(part, attrs.evolve(converter, conversion=part.conversion))
            for part in parts
            if isinstance(part, PlaceRead)
        ]
        return PreparedJoin(self.script, tuple(prepared), separator)


def is_gathered_in_place(read: GatherRead) -> bool:
    """Whether the elements are read where the code stands, and each at one place."""
    source = read.element.source
    return not read.array.up and not source.up and SAME not in (*read.array.steps, *source.steps)


def is_one_place(source: Source) -> bool:
    """Whether there is one place to read, found without a search that has to be counted."""
    return SAME not in source.steps and not source.searches_outside


def is_read_in_place(source: Source) -> bool:
    """Whether a value is found, and taken out of its wrapper, without a call."""
    if not is_one_place(source):
        return False
    return len(source.wraps) == 1 or (len(source.wraps[0]) == 1 and source.wraps[1:] == BARE)
