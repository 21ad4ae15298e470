"""Conditions on a record as one function."""

from functools import cached_property
from typing import Final, Protocol

from core.mapping.emptiness import Emptiness
from core.mapping.generate.asking import Asker
from core.mapping.generate.function import Source, function_of
from core.mapping.generate.runtime import DEVIATIONS, NO_OBJECT, OTHER_SHAPE
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.model import ABSENT, Json
from core.mapping.reads import Asking
from core.mapping.standing import Standing

_HEADER: Final = "def f(s, r, M, E, N):"
_MARKERS: Final = (ABSENT, NO_OBJECT, OTHER_SHAPE)


class Asked(Protocol):
    """Whether the conditions hold, as a function."""

    def __call__(self, document: Json, record: Standing) -> bool: ...


class Question:
    """Conditions that are asked of every record; if it `compiles`, then at the first use."""

    def __init__(self, askings: tuple[Asking, ...], empty: Emptiness, *, compiles: bool) -> None:
        self.compiles = compiles
        self._askings = askings
        self._empty = empty

    def holds(self, record: Standing) -> bool:
        """Whether all of them hold; asked of objects only. Raises TooMany."""
        if self.compiles:
            left = record.budget.left if record.budget else 0
            try:
                return self.function(record.value, record)
            except DEVIATIONS:
                if record.budget:
                    record.budget.left = left
        return all(asking.holds(record) for asking in self._askings)

    @cached_property
    def source(self) -> Source:
        """The source of the function."""
        script = Script()
        asker, sight = Asker(script, self._empty), Sight(script, ("s",))
        script.open(_HEADER)
        tests = [asker.holds(asking, sight) for asking in self._askings]
        script.line(f"return True if {' and '.join(tests) or 'True'} else False")
        script.close()
        return Source(script.text, script.values, script.names, frozenset())

    @cached_property
    def function(self) -> Asked:
        """The compiled function."""
        function: Asked = function_of(self.source, _MARKERS)
        return function
