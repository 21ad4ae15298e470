"""Tests whether a value is there and not empty."""

from decimal import Decimal
from typing import Final, Self

import attrs

from core.mapping.emptiness import Emptiness
from core.mapping.generate.script import Script
from core.mapping.model import Json

_FALSY: Final[tuple[Json, ...]] = (None, "", [], {}, False, 0, 0.0, Decimal(0))
_NONE_KEPT: Final[frozenset[type]] = frozenset()


@attrs.define
class Presence:
    """How to tell, for one set of empty values, whether a variable holds a value."""

    script: Script
    empty: Emptiness
    absent: str
    kept: frozenset[type]
    is_plain: bool
    """Whether everything that is not absent counts."""

    @classmethod
    def of(cls, script: Script, empty: Emptiness, *, absent: str, null_is_absent: bool) -> Self:
        """What to test where `absent` stands for what is not there."""
        if not empty.values:
            return cls(script, empty, absent, _NONE_KEPT, absent == "None" or not null_is_absent)
        key = (id(empty), null_is_absent)
        if key not in script.kept_kinds:
            falsy = [value for value in _FALSY if not (value is None and null_is_absent)]
            script.kept_kinds[key] = frozenset(type(value) for value in falsy if value not in empty)
        return cls(script, empty, absent, script.kept_kinds[key], is_plain=False)

    def test(self, variable: str) -> str:
        """An expression that is true if the variable holds a value."""
        there = f"{variable} is not {self.absent}"
        if self.is_plain:
            return there
        if not self.empty:
            return f"{there} and {variable} is not None"
        filled = f"({variable} or type({variable}) in {self._kept()})" if self.kept else variable
        parts = [there, filled] if self.absent == "M" else [filled]
        return " and ".join([*parts, *self._not_listed(variable)])

    def lacks(self, variable: str) -> str:
        """The opposite."""
        if self.is_plain:
            return f"{variable} is {self.absent}"
        return f"not ({self.test(variable)})"

    def _kept(self) -> str:
        return self.script.share(("kept", self.kept), lambda: self.kept)

    def _not_listed(self, variable: str) -> list[str]:
        """Values that are no falsy ones."""
        listed = [value for value in self.empty.values if value]
        if not listed:
            return []
        texts = frozenset(value for value in listed if isinstance(value, str))
        if len(texts) < len(listed):
            return [f"{variable} not in {self.script.share(id(self.empty), lambda: self.empty)}"]
        name = self.script.share(texts, lambda: texts)
        return [f"(type({variable}) is not str or {variable} not in {name})"]
