"""The array of a pair as code: a loop over the source, in which each element is written."""

from collections.abc import Callable

import attrs

from core.mapping.generate.fetching import Fetcher
from core.mapping.generate.opening import insist_on_array
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.model import Place
from core.mapping.paths import SAME, Steps
from core.mapping.plan import Context
from core.mapping.reads import PlaceRead


@attrs.define
class Row:
    """Where the made object will stand: the arrays around it, as steps and lengths of their rows."""

    place: tuple[str, ...] = ()

    def within(self, script: Script, steps: Steps, rows: str) -> "Row":
        """Inside an array that is built here."""
        return Row((*self.place, *map(script.token, concrete(steps)), f"len({rows})"))

    def at(self, script: Script, steps: Steps) -> str:
        """An expression for a full place of ours."""
        return f"({', '.join([*self.place, *map(script.token, concrete(steps))])},)"


WriteElement = Callable[[Context, Sight, Row], str]
"""Writes what an element becomes; an expression for it."""


@attrs.define
class ChildWriter:
    """Writes the loops of one child context into its parent's code."""

    script: Script
    fetcher: Fetcher
    row: Row
    write_element: WriteElement

    def write(self, child: Context, sight: Sight, rows: str, put: Callable[[], None]) -> None:
        """Build the rows, and put them where they go; neither happens where the source is not there."""
        self._loop(child, 0, sight, rows, put)

    def _loop(self, child: Context, depth: int, sight: Sight, rows: str, put: Callable[[], None]) -> None:
        source, array = child.arrays[depth], self.script.fresh("a")
        found = sight.find(sight.way(source, tolerant=False), source.steps, "None")
        self.script.open(f"if type({array} := {found.text}) is list:")
        self._start(array, rows if not depth else "")
        self._each(child, depth, sight, array, rows)
        put()
        self.script.close()
        insist = insist_on_array(self.script, source.empty)
        self.script.line(f"elif {array} is not None: {insist}({array})")

    def _start(self, array: str, rows: str) -> None:
        """Count the elements before any is mapped."""
        self.script.line(f"q -= len({array})")
        self.script.line("if q < 0: raise X")
        if rows:
            self.script.line(f"{rows} = []")

    def _each(self, child: Context, depth: int, sight: Sight, array: str, rows: str) -> None:
        element = self.script.fresh("s")
        self.script.open(f"for {element} in {array}:")
        inside = sight.inside(element)
        if depth < len(child.arrays) - 1:
            self.script.line(f"if type({element}) is not dict: raise X")
            self._loop(child, depth + 1, inside, rows, lambda: None)
        else:
            self._element(child, inside, rows)
        self.script.close()

    def _element(self, child: Context, sight: Sight, rows: str) -> None:
        check = self._check_shape(child, sight)
        if child.where is not None:
            holds = self.fetcher.asker.holds(child.where, sight)
            guard = "" if child.reads_members else f"type({sight.element}) is dict and "
            self.script.line(f"if {guard}not {holds}: continue")
        made = self.write_element(child, sight, self.row.within(self.script, child.target_steps, rows))
        self.script.line(f"{rows}.append({made})")
        if child.where is None and sight.has_read_members:
            self.script.drop(check)

    def _check_shape(self, child: Context, sight: Sight) -> int:
        """Let nothing but objects through where members are read; needless where reading tells."""
        check = self.script.reserve(f"if type({sight.element}) is not dict: raise X")
        if not child.reads_members:
            self.script.drop(check)
            if _asks(child):
                sight.doubt_element()
        return check


def concrete(steps: Steps) -> Place:
    """The place that these steps name, as the interpreter notes it."""
    return tuple(0 if step is SAME else step for step in steps if isinstance(step, str | int) or step is SAME)


def _asks(child: Context) -> bool:
    """Whether conditions may be asked of the elements."""
    if child.where is not None or child.value is None:
        return True
    return not all(isinstance(read, PlaceRead) and read.where is None for read in child.value.reads)
