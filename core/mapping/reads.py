"""The ways to have the value of a rule: a place, several joined, elements gathered, a test, pairs, a rest."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

import attrs

from core.mapping.conditions import Condition
from core.mapping.conditions import Read as ReadPath
from core.mapping.conversion import Conversion
from core.mapping.model import ABSENT, Absent, Json, Lookup, Unconvertible
from core.mapping.paths import Path
from core.mapping.sources import Source
from core.mapping.standing import CLEARED, Cleared, Located, Standing, TooMany, Trouble, Troubled


class Read(Protocol):
    """One way to have a value."""

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """The converted value; Troubled if it cannot be had."""

    def located(self, standing: Standing) -> Located:
        """The place to name."""


@attrs.frozen
class Asking:
    """A condition with the places it asks, as seen from where it stands: wrapped, or else bare."""

    condition: Condition
    sources: dict[Path, tuple[Source, ...]]

    def holds(self, standing: Standing) -> bool:
        """Whether it holds here."""
        return self.condition.holds(self.reader(standing))

    def reader(self, standing: Standing) -> ReadPath:
        """What is at a path; another shape is absence."""

        def read(path: Path) -> Json | Absent:
            for source in self.sources[path]:
                try:
                    value = source.read(standing)
                    return ABSENT if value is CLEARED else value
                except TooMany:
                    raise
                except Troubled:
                    continue
            return ABSENT

        return read

    def located(self, standing: Standing, path: Path) -> Located:
        """Where a path that it asks leads."""
        return self.sources[path][0].located(standing)


def first_failing(
    askings: Iterable[Asking], standing: Standing, *, partial: bool
) -> tuple[Asking, Path] | None:
    """The first that fails, with the place to blame; if partial, one that asks an absent place is off."""
    for asking in askings:
        read = asking.reader(standing)
        if partial and any(read(path) is ABSENT for path in asking.condition.paths()):
            continue
        path = asking.condition.failing(read)
        if path is not None:
            return asking, path
    return None


@attrs.frozen
class PlaceRead:
    """The value at one place."""

    source: Source
    conversion: Conversion | None
    where: Asking | None = None

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """What is there, converted."""
        if self.where is not None and not self.where.holds(standing):
            return ABSENT
        value = self.source.read(standing)
        if self.conversion is None or value is ABSENT or value is CLEARED:
            return value
        try:
            return self.conversion.apply(value, lookup)
        except Unconvertible as bad:
            raise Troubled(Trouble(bad.code, self.located(standing), bad.expected, value)) from None

    def located(self, standing: Standing) -> Located:
        """The place itself."""
        return self.source.located(standing)


@attrs.frozen
class JoinRead:
    """The values that are there, as one text."""

    parts: tuple[Read, ...]
    separator: str

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """The texts joined; absent if there is none."""
        texts: list[str] = []
        cleared, other_shape = False, None
        for part in self.parts:
            try:
                value = part.fetch(standing, lookup)
                if value is CLEARED:
                    cleared = True
                elif value is not ABSENT and value is not None:
                    texts.append(as_text(value, part.located(standing)))
            except Troubled as bad:
                if not bad.is_other_shape:
                    raise
                other_shape = other_shape or bad
        if texts:
            return self.separator.join(texts)
        if other_shape is not None:
            raise other_shape
        return CLEARED if cleared else ABSENT

    def located(self, standing: Standing) -> Located:
        """The first place."""
        return self.parts[0].located(standing)


@attrs.frozen
class TestRead:
    """Whether conditions hold; absent where what they ask was not sent."""

    asking: Asking

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """True, false, or absent."""
        read = self.asking.reader(standing)
        return self.asking.condition.holds(read) if self.asking.condition.answered(read) else ABSENT

    def located(self, standing: Standing) -> Located:
        """The first place it asks."""
        return self.asking.located(standing, self.asking.condition.paths()[0])


def as_text(value: Json, located: Located) -> str:
    """A scalar as the text that joins others."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    raise Troubled(Trouble("wrong_type", located, "a text", value))
