"""Conditions as expressions."""

from collections.abc import Callable
from typing import Final

import attrs

from core.mapping.asks import Ask, NoneOf, OneOf, Present
from core.mapping.conditions import All, AnyOf, Asked, Condition
from core.mapping.emptiness import Emptiness
from core.mapping.generate.presence import Presence
from core.mapping.generate.runtime import standing_in
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.model import Json
from core.mapping.paths import Path
from core.mapping.reads import Asking
from core.mapping.standing import Standing

_PLAIN_KINDS: Final = frozenset({str, int})


@attrs.frozen
class Asker:
    """Writes conditions; `empty` is what the mapping's conditions take for empty, beside null."""

    script: Script
    empty: Emptiness

    def holds(self, asking: Asking, sight: Sight) -> str:
        """An expression that tells whether it holds."""
        return self._holds(asking.condition, asking, sight)

    def answered(self, asking: Asking, sight: Sight) -> str:
        """An expression that tells whether the places asked have a value."""
        return self._answered(asking.condition, asking, sight)

    def _holds(self, condition: Condition, asking: Asking, sight: Sight) -> str:
        match condition:
            case All(parts) if parts:
                return f"({' and '.join(self._holds(part, asking, sight) for part in parts)})"
            case AnyOf(parts) if parts:
                return f"({' or '.join(self._holds(part, asking, sight) for part in parts)})"
            case Asked(path, ask):
                return self._asks(ask, self._value(asking, path, sight))
            case All():
                return "True"
        raise NotImplementedError

    def _answered(self, condition: Condition, asking: Asking, sight: Sight) -> str:
        match condition:
            case All(parts) | AnyOf(parts) if parts:
                return f"({' and '.join(self._answered(part, asking, sight) for part in parts)})"
            case Asked(path, ask) if ask.needs_a_value:
                value = self._value(asking, path, sight)
                return f"((z := {value}) is False or {self._present('z')})"
        return "True"

    def _asks(self, ask: Ask, value: str) -> str:
        match ask:
            case Present(wanted):
                return f"({'' if wanted else 'not '}((z := {value}) is not M and {self._present('z')}))"
            case NoneOf(listed):
                return f"(not {self._is_listed(listed, value)})"
            case OneOf():
                return self._is_listed(ask, value)
            case _:
                return f"{self.script.bind(ask.holds)}({value})"

    def _present(self, variable: str) -> str:
        return Presence.of(self.script, self.empty, absent="M", null_is_absent=True).test(variable)

    def _is_listed(self, ask: OneOf, value: str) -> str:
        """A look into the set, for the kinds of value that no other form can equal."""
        holds, listed = self.script.bind(ask.holds), self.script.bind(ask.scalars)
        match bool(ask.numbers), bool(ask.numbers_as_texts):
            case False, False:
                kinds = f"in {self.script.share('plain kinds', _PLAIN_KINDS)}"
            case False, True:
                kinds = "is str"
            case True, False:
                kinds = "is int"
            case _:
                return f"{holds}({value})"
        return f"(z in {listed} if type(z := {value}) {kinds} else {holds}(z))"

    def _value(self, asking: Asking, path: Path, sight: Sight) -> str:
        first, *others = asking.sources[path]
        if first.steps and all(isinstance(step, str) for step in first.steps):
            if first.bare:
                return sight.asked(sight.level(first.up), first.steps)
            match first.wraps, bool(others):
                case ((name,), ()), _:
                    token, found = self.script.token(name), sight.asked(sight.level(first.up), first.steps)
                    return f"(z.get({token}, z) if type(z := {found}) is dict else z)"
                case ((name,),), True:
                    token, found = self.script.token(name), sight.asked(sight.level(first.up), first.steps)
                    return f"(z.get({token}, M) if type(z := {found}) is dict else M if z is None else z)"
        elements = "".join(f", {element}" for element in sight.elements[1:])
        return f"{self.script.bind(_reading(asking, path))}(r{elements})"


def _reading(asking: Asking, path: Path) -> Callable[..., object]:
    """The definition's own way to read what a condition asks."""

    def read(record: Standing, *elements: Json) -> object:
        return asking.reader(standing_in(record, elements))(path)

    return read
