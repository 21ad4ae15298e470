"""One way to have a value, its places opened: each writes lines that need nothing more from around them."""

from typing import Protocol, Self

import attrs

from core.mapping.generate.converting import Converter
from core.mapping.generate.opening import Found
from core.mapping.generate.presence import Presence
from core.mapping.generate.runtime import text_of, unwrapping
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.rules import Names
from core.mapping.sources import Source
from core.mapping.wrappers import BARE


@attrs.define
class Doubt:
    """What to do about another shape or kind: deviate at once, or remember it for the alternatives."""

    script: Script
    flag: str | None

    def note(self, variable: str, absent: str) -> None:
        """The value has another kind."""
        self.script.open(f"if {variable} is W:")
        if self.flag is None:
            self.script.line("raise X")
        else:
            self.script.line(f"{variable} = {absent}; {self.flag} = True")
        self.script.close()


class Prepared(Protocol):
    """One way to have a value."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Tests for another shape on the way, where that is no deviation."""

    @property
    def condition(self) -> str | None:
        """Without this it is absent."""

    @property
    def raises_doubts(self) -> bool:
        """Whether it notes doubts of its own."""

    def write(self, variable: str, absent: str, doubt: Doubt) -> None:
        """Put the value into the variable, or what stands for absence."""


@attrs.define
class PreparedPlace:
    """The value at one place."""

    script: Script
    found: Found
    wraps: tuple[Names, ...]
    presence: Presence
    converter: Converter
    condition: str | None = None

    @classmethod
    def of(
        cls,
        sight: Sight,
        source: Source,
        converter: Converter,
        absent: str,
        condition: str | None = None,
        *,
        tolerant: bool,
        null_is_absent: bool,
    ) -> Self:
        """Open the place; where it has one wrapper only, that is a part of the way."""
        script, steps, wraps = sight.script, source.steps, source.wraps
        if len(wraps) == 1:
            steps, wraps = steps + wraps[0], BARE
        found = sight.find(sight.way(source, tolerant=tolerant), steps, absent)
        presence = Presence.of(script, source.empty, absent=absent, null_is_absent=null_is_absent)
        return cls(script, found, wraps, presence, converter, condition)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Those on the way to the place."""
        return self.found.doubts

    @property
    def raises_doubts(self) -> bool:
        """A value may have another kind."""
        return not self.is_copy

    @property
    def is_copy(self) -> bool:
        """Whether a value is taken as it is, once it is out of a wrapper."""
        return self.converter.is_copy and (
            self.wraps == BARE or (len(self.wraps[0]) == 1 and self.wraps[1:] == BARE)
        )

    def there(self, variable: str, doubt: Doubt) -> str:
        """A test for a value that is there, which it reads into the variable."""
        test = self.presence.test(variable)
        if self.wraps == BARE:
            return test.replace(variable, f"({variable} := {self.found.text})", 1)
        self.read(variable, doubt)
        return test

    def open(self, variable: str, doubt: Doubt) -> None:
        """Begin the block for a value that is there."""
        self.script.open(f"if {self.there(variable, doubt)}:")

    def read(self, variable: str, doubt: Doubt) -> None:
        """Only what is there, out of its wrapper, empty or not."""
        self.script.line(f"{variable} = {self.found.text}")
        match self.wraps:
            case ((),):
                pass
            case ((name,), ()):
                inner = f"{variable}.get({self.script.token(name)}, {variable})"
                self.script.line(f"if type({variable}) is dict: {variable} = {inner}")
            case _:
                unwrap = self.script.bind(unwrapping(self.wraps, self.presence.empty))
                self.script.line(f"{variable} = {unwrap}({variable})")
                doubt.note(variable, "M")

    def write(self, variable: str, absent: str, doubt: Doubt) -> None:
        """What is there, converted."""
        if self.is_copy:
            self.read(variable, doubt)
            if not self.presence.is_plain:
                self.script.line(f"if {self.presence.lacks(variable)}: {variable} = {absent}")
            return
        self.open(variable, doubt)
        self.converter.write(variable, tolerant=doubt.flag is not None)
        if doubt.flag is not None:
            doubt.note(variable, absent)
        self.script.close()
        if not self.presence.is_plain:
            self.script.line(f"else: {variable} = {absent}")


@attrs.define
class PreparedCall:
    """The definition's own way to have the value."""

    script: Script
    text: str
    condition: str | None = None
    doubts: tuple[str, ...] = ()
    raises_doubts: bool = True

    def write(self, variable: str, absent: str, doubt: Doubt) -> None:
        """Call it."""
        self.script.line(f"{variable} = {self.text}")
        if doubt.flag is not None:
            doubt.note(variable, absent)


@attrs.define
class PreparedTest:
    """Whether conditions hold, where what they ask was sent."""

    script: Script
    holds: str
    answered: str
    condition: str | None = None
    doubts: tuple[str, ...] = ()
    raises_doubts: bool = False

    def write(self, variable: str, absent: str, doubt: Doubt) -> None:
        """True, false or absent."""
        self.script.line(f"{variable} = (True if {self.holds} else False) if {self.answered} else {absent}")


@attrs.define
class PreparedJoin:
    """Several values as one text."""

    script: Script
    parts: tuple[Prepared, ...]
    separator: str
    condition: str | None = None
    raises_doubts: bool = True

    @property
    def doubts(self) -> tuple[str, ...]:
        """Those of the parts."""
        return tuple(doubt for part in self.parts if part.condition is None for doubt in part.doubts)

    def write(self, variable: str, absent: str, doubt: Doubt) -> None:
        """The texts of those that are there."""
        texts = self.script.fresh("x")
        self.script.line(f"{texts} = []")
        for part in self.parts:
            part.write(variable, "M", doubt)
            self.script.open(f"if {variable} is not M and {variable} is not None:")
            shown = f"{self.script.share('text', lambda: text_of)}({variable})"
            self.script.line(f"if type({variable}) is not str: {variable} = {shown}")
            self.script.line(f"if {variable} is not None: {texts}.append({variable})")
            self.script.line(f"else: {doubt.flag} = True")
            self.script.close()
        self.script.line(
            f"{variable} = {self.script.token(self.separator)}.join({texts}) if {texts} else {absent}"
        )
