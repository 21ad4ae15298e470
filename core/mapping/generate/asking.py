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
from core.mapping.sources import Source
from core.mapping.standing import Standing

_PLAIN_KINDS: Final = frozenset({str, int})


@attrs.define
class Asker:
    """Writes conditions; `empty` is what the mapping's conditions take for empty, beside null."""

    script: Script
    empty: Emptiness

    def holds(self, asking: Asking, sight: Sight) -> str:
        """An expression that is true if it holds, though not always the boolean."""
        return self._holds(asking.condition, asking, sight)

    def held(self, asking: Asking, sight: Sight) -> str:
        """A variable that tells whether it holds; rules that ask the same share it."""
        text = self.holds(asking, sight)
        if text not in sight.answers:
            sight.answers[text] = self.script.fresh("b")
            self.script.line(f"{sight.answers[text]} = {text}")
        return sight.answers[text]

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
                return self._asks(ask, asking, path, sight)
            case _:
                return str(isinstance(condition, All))

    def _answered(self, condition: Condition, asking: Asking, sight: Sight) -> str:
        match condition:
            case All(parts) | AnyOf(parts) if parts:
                return f"({' and '.join(self._answered(part, asking, sight) for part in parts)})"
            case Asked(path, ask) if ask.needs_a_value:
                presence = Presence.of(self.script, self.empty, absent="M", null_is_absent=True)
                return f"((z := {self._value(asking, path, sight)}) is False or {presence.test('z')})"
        return "True"

    def _asks(self, ask: Ask, asking: Asking, path: Path, sight: Sight) -> str:
        match ask:
            case Present(wanted):
                return f"({'' if wanted else 'not '}({self._present(asking, path, sight)}))"
            case NoneOf(listed):
                return f"(not {self._is_listed(listed, self._value(asking, path, sight))})"
            case OneOf():
                return self._is_listed(ask, self._value(asking, path, sight))
            case _:
                return f"{self.script.bind(ask.holds)}({self._value(asking, path, sight)})"

    def _present(self, asking: Asking, path: Path, sight: Sight) -> str:
        absent = "None" if is_read_in_place(asking.sources[path]) else "M"
        presence = Presence.of(self.script, self.empty, absent=absent, null_is_absent=True)
        value = self._value(asking, path, sight, absent)
        return presence.test("z").replace("z", f"(z := {value})", 1)

    def _is_listed(self, ask: OneOf, value: str) -> str:
        """A look into the set, for the kinds of value that no other form can equal."""
        holds, listed = self.script.bind(ask.holds), self.script.bind(ask.scalars)
        match bool(ask.numbers), bool(ask.numbers_as_texts):
            case False, False:
                kinds = f"in {self.script.share('plain kinds', lambda: _PLAIN_KINDS)}"
            case False, True:
                kinds = "is str"
            case True, False:
                kinds = "is int"
            case _:
                return f"{holds}({value})"
        return f"(z in {listed} if type(z := {value}) {kinds} else {holds}(z))"

    def _value(self, asking: Asking, path: Path, sight: Sight, absent: str = "M") -> str:
        sources = asking.sources[path]
        if not is_read_in_place(sources):
            self.script.calls_count = True
            elements = "".join(f", {element}" for element in sight.elements[1:])
            return f"{self.script.bind(_reading(asking, path))}(r{elements})"
        source = sources[0]
        rest = "" if absent == "None" else f", {absent}"
        found = sight.asked(sight.level(source.up), source.steps, rest)
        if source.bare:
            return found
        token = self.script.token(source.wraps[0][0])
        if source.unwraps:
            return f"(z.get({token}{rest}) if type(z := {found}) is dict else {absent} if z is None else z)"
        return f"(z.get({token}, z) if type(z := {found}) is dict else z)"


def is_read_in_place(sources: tuple[Source, ...]) -> bool:
    """Whether the place has members only, and one wrapper of one member, or none, or either."""
    source = sources[0]
    if not source.steps or not all(isinstance(step, str) for step in source.steps):
        return False
    match source.wraps:
        case ((),) | ((_,), ()):
            return True
        case ((_,),):
            return len(sources) > 1
        case _:
            return False


def _reading(asking: Asking, path: Path) -> Callable[..., object]:
    """The definition's own way to read what a condition asks."""

    def read(record: Standing, *elements: Json) -> object:
        return asking.reader(standing_in(record, elements))(path)

    return read
