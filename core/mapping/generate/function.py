"""From the plan of a direction to one function, made when it is first needed."""

from types import CodeType, FunctionType
from typing import Final, NoReturn, Protocol

import attrs

from core.mapping.budget import Budget
from core.mapping.claims import Claims
from core.mapping.generate.asking import Asker
from core.mapping.generate.children import Row
from core.mapping.generate.contexts import ContextWriter
from core.mapping.generate.fetching import Fetcher
from core.mapping.generate.patching import patched
from core.mapping.generate.runtime import (
    NO_ARRAY,
    NO_OBJECT,
    OTHER_ARRAY,
    OTHER_KIND,
    OTHER_SHAPE,
    Deviation,
)
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.model import ABSENT, Json, Lookup, Place
from core.mapping.passing import strangers
from core.mapping.plan import Plan
from core.mapping.standing import Standing

_UNCOMPILABLE: Final = (SyntaxError, RecursionError, MemoryError)
_HEADER: Final = "def f(s, r, l, g, d, M, W, E, N, L, P):"
_MARKERS: Final = (ABSENT, OTHER_KIND, NO_OBJECT, OTHER_SHAPE, NO_ARRAY, OTHER_ARRAY)
_BUILTINS: Final = {kind.__name__: kind for kind in (type, len, str, int, float, bool, list, dict)}


class Mapped(Protocol):
    """One direction of a mapping as a function; raises where the interpreter has to be asked."""

    def __call__(
        self,
        document: dict[str, Json],
        record: Standing,
        lookup: Lookup | None,
        budget: Budget,
        defaulted: list[Place],
    ) -> dict[str, Json]: ...


@attrs.frozen
class Source:
    """The source of a function, with the values and objects that it names.

    `always_defaulted` are the places that fixed values fill in every document.
    """

    text: str
    values: dict[str, object]
    names: dict[str, object]
    always_defaulted: frozenset[Place]


def source_of(plan: Plan) -> Source:
    """The code of one direction."""
    script = Script()
    fetcher = Fetcher(script, Asker(script, plan.empty), inbound=plan.direction == "in")
    script.open(_HEADER)
    script.line("p = q = g.left")
    script.line("t = {}")
    ContextWriter(script, fetcher, Sight(script, ("s",)), "t", Row()).write(plan.root)
    if plan.unmapped == "reject":
        script.line(f"if {script.bind(_Strangers(plan.claims).any_in)}(s): raise X")
    script.line("g.left += q - p")
    if script.calls_count:
        script.line("if g.left < 0: raise X")
    script.line("return t")
    script.close()
    return Source(script.text, script.values, script.names, frozenset(script.always_defaulted))


def compiled(source: Source) -> Mapped:
    """The function of a direction."""
    function: Mapped = function_of(source, _MARKERS)
    return function


def function_of(source: Source, markers: tuple[object, ...]) -> FunctionType:
    """The function that the source defines, with the values in place; its last parameters are the markers.

    Where the source is too large or too deep for the compiler, one that always deviates.
    """
    try:
        module = compile(source.text, "<mapping>", "exec", dont_inherit=True, optimize=2)
    except _UNCOMPILABLE:
        return FunctionType(_deviate.__code__, {"Deviation": Deviation})
    code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    names = {"__builtins__": {}, "X": Deviation, **_BUILTINS, **source.names}
    return FunctionType(patched(code, source.values), names, "mapped", markers)


def _deviate(*_: object) -> NoReturn:
    raise Deviation


@attrs.frozen
class _Strangers:
    """Finds what no rule names."""

    claims: Claims

    def any_in(self, document: Json) -> bool:
        """Whether there is such a place."""
        return next(strangers(document, self.claims, everywhere=False), None) is not None
