"""Reads that go through all elements of an array: what they agree on, or what they hold together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs

from core.mapping.arithmetic import add, exact
from core.mapping.equality import same
from core.mapping.gathering import GatherRead
from core.mapping.generate.converting import Converter
from core.mapping.generate.opening import insist_on_array
from core.mapping.generate.prepared import Doubt, PreparedPlace
from core.mapping.generate.runtime import text_of
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.reads import Asking
from core.mapping.sources import Source

InElement = Callable[[Sight], PreparedPlace]
"""Opens the place that is read in each element."""


@attrs.define
class Elements:
    """The loop over the elements of an array; what is no array, or no object where one is due, deviates."""

    script: Script
    sight: Sight
    array: Source
    reads_members: bool
    is_counted: bool = True

    @contextmanager
    def each(self) -> Iterator[Sight]:
        """The code inside is written for one element."""
        source, array, element = self.array, self.script.fresh("a"), self.script.fresh("s")
        found = self.sight.find(self.sight.way(source, tolerant=False), source.steps, "None")
        self.script.open(f"if type({array} := {found.text}) is list:")
        if self.is_counted:
            self.script.line(f"q -= len({array})")
            self.script.line("if q < 0: raise X")
        self.script.open(f"for {element} in {array}:")
        if self.reads_members:
            self.script.line(f"if type({element}) is not dict: raise X")
        yield self.sight.inside(element)
        self.script.close()
        self.script.close()
        self.script.line(f"elif {array} is not None: {insist_on_array(self.script, source.empty)}({array})")


@attrs.define
class PreparedGather:
    """The values of all elements: as an array, as one text, or their sum."""

    script: Script
    elements: Elements
    read: GatherRead
    in_element: InElement
    holds: Callable[[Asking, Sight], str]
    condition: str | None = None
    doubts: tuple[str, ...] = ()
    raises_doubts: bool = False

    def write(self, variable: str, absent: str, doubt: Doubt) -> None:
        """What the elements hold; absent if none holds anything."""
        held = self.script.fresh("x")
        self.script.line(f"{held} = []")
        with self.elements.each() as sight:
            self._write_element(sight, held, doubt)
        self.script.line(f"{variable} = {self._together(held)} if {held} else {absent}")

    def _write_element(self, sight: Sight, held: str, doubt: Doubt) -> None:
        if self.read.where is not None:
            if not self.elements.reads_members:
                sight.doubt_element()
            guard = "" if self.elements.reads_members else f"type({sight.element}) is dict and "
            self.script.line(f"if {guard}not {self.holds(self.read.where, sight)}: continue")
        value = self.script.fresh("v")
        place = self.in_element(sight)
        place.open(value, doubt)
        place.converter.write(value, tolerant=False)
        self._keep(value, held)
        self.script.close()

    def _keep(self, value: str, held: str) -> None:
        if self.read.total:
            self.script.line(f"if {value} is M or {value} is None: continue")
            self.script.line(f"if {self.script.bind(exact)}({value}) is None: raise X")
        elif self.read.separator is not None:
            self.script.line(f"if {value} is M or {value} is None: continue")
            shown = f"{self.script.share('text', lambda: text_of)}({value})"
            self.script.line(f"if type({value}) is not str: {value} = {shown}")
            self.script.line(f"if {value} is None: raise X")
        self.script.line(f"if {value} is not M: {held}.append({value})")

    def _together(self, held: str) -> str:
        if self.read.total:
            return f"{self.script.bind(add)}({held})"
        if self.read.separator is None:
            return held
        return f"{self.script.token(self.read.separator)}.join({held})"


@attrs.define
class PreparedAgreement:
    """The value that every element carries."""

    script: Script
    elements: Elements
    in_element: InElement
    converter: Converter
    condition: str | None = None
    doubts: tuple[str, ...] = ()
    raises_doubts: bool = False

    def write(self, variable: str, absent: str, doubt: Doubt) -> None:
        """The value, converted; elements that disagree are a deviation."""
        agreed, value = self.script.fresh("w"), self.script.fresh("v")
        self.script.line(f"{agreed} = M")
        with self.elements.each() as sight:
            self.in_element(sight).open(value, doubt)
            self.script.line(f"if {agreed} is M: {agreed} = {value}")
            differs = f"{value} != {agreed} or type({value}) is not str"
            both = f"{self.script.bind(same)}({agreed}, {value})"
            self.script.line(f"elif ({differs}) and not {both}: raise X")
            self.script.close()
        self.script.line(f"{variable} = {absent}")
        self.script.open(f"if {agreed} is not M:")
        self.script.line(f"{variable} = {self.converter.converted(agreed)}")
        self.script.close()
