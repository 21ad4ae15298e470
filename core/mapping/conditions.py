"""Conditions on a document: which records, elements and alternatives count."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final, Protocol, TypeAlias

import attrs

from core.mapping.asks import Above, Ask, IsEmpty, NoneOf, OneOf, Present, is_null
from core.mapping.codecs import BadOption
from core.mapping.model import ABSENT, Absent, Json
from core.mapping.paths import EACH, OUTWARD, Path, Prefix, parse

Read: TypeAlias = "Callable[[Path], Json | Absent]"


class Condition(Protocol):
    """Something that holds in a document or not; `read` answers with the unwrapped value at a path."""

    def paths(self) -> tuple[Path, ...]:
        """The places it asks, in order."""

    def holds(self, read: Read) -> bool:
        """Whether it holds."""

    def failing(self, read: Read) -> Path | None:
        """The first place asked by the part that fails; None if it holds."""

    def answered(self, read: Read) -> bool:
        """Whether every place asked by `in`, `not_in` or `above` has a value; empty is none, false is one."""


def parse_conditions(document: Json, is_empty: IsEmpty = is_null) -> Condition:
    """The condition that a document describes; BadOption or BadPath if it describes none."""
    if isinstance(document, list):
        return All(tuple(parse_conditions(part, is_empty) for part in document))
    if not isinstance(document, dict) or not document:
        raise BadOption("where", 'a condition is an object such as {"Status": {"in": ["Open"]}}')
    parts = tuple(_part(name, asked, is_empty) for name, asked in document.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _part(name: str, asked: Json, is_empty: IsEmpty) -> Condition:
    if name == "any" and isinstance(asked, list) and asked:
        return AnyOf(tuple(parse_conditions(part, is_empty) for part in asked))
    if not isinstance(asked, dict) or not asked:
        raise BadOption("where", f"{name} is followed by {_OPERATORS}")
    path = _one_place(name)
    parts = tuple(Asked(path, _ask(word, operand, is_empty), is_empty) for word, operand in asked.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _one_place(name: str) -> Path:
    path = parse(name)
    if EACH in path.steps:
        raise BadOption(
            "where",
            f"{name}: a condition asks one place, and [] are many",
            "put where on the group of the elements; or ask the first with [0], what all say with [=]",
        )
    if path.steps[-1] is OUTWARD:
        raise BadOption("where", f"{name} is the object around; its member has to be named", "write ^.name")
    if isinstance(path.steps[-1], Prefix):
        raise BadOption("where", f"{name}: a condition asks one place, and a name with * means many")
    return path


def _ask(word: str, operand: Json, is_empty: IsEmpty) -> Ask:
    if word in ("in", "not_in") and isinstance(operand, list):
        return OneOf.of(operand) if word == "in" else NoneOf(OneOf.of(operand))
    if word == "present" and isinstance(operand, bool):
        return Present(operand, is_empty)
    if word == "above" and isinstance(operand, int | float | Decimal) and not isinstance(operand, bool):
        return Above.of(operand)
    raise BadOption("where", f"a condition asks {_OPERATORS}")


@attrs.frozen
class Asked:
    """One question about one place."""

    path: Path
    ask: Ask
    is_empty: IsEmpty

    def paths(self) -> tuple[Path, ...]:
        """Its place."""
        return (self.path,)

    def holds(self, read: Read) -> bool:
        """Whether the value there is as asked."""
        return self.ask.holds(read(self.path))

    def failing(self, read: Read) -> Path | None:
        """Its place, unless it holds."""
        return None if self.holds(read) else self.path

    def answered(self, read: Read) -> bool:
        """Whether a value is there, if one is needed."""
        if not self.ask.needs_a_value:
            return True
        value = read(self.path)
        return value is False or (value is not ABSENT and not self.is_empty(value))


@attrs.frozen
class All:
    """Holds when every part holds."""

    parts: tuple[Condition, ...]

    def paths(self) -> tuple[Path, ...]:
        """The places of the parts."""
        return tuple(path for part in self.parts for path in part.paths())

    def holds(self, read: Read) -> bool:
        """Whether all parts hold."""
        return all(part.holds(read) for part in self.parts)

    def failing(self, read: Read) -> Path | None:
        """The place of the first part that fails."""
        return next((path for part in self.parts if (path := part.failing(read)) is not None), None)

    def answered(self, read: Read) -> bool:
        """Whether all parts are answered."""
        return all(part.answered(read) for part in self.parts)


@attrs.frozen
class AnyOf:
    """Holds when one part holds."""

    parts: tuple[Condition, ...]

    def paths(self) -> tuple[Path, ...]:
        """The places of the parts."""
        return tuple(path for part in self.parts for path in part.paths())

    def holds(self, read: Read) -> bool:
        """Whether some part holds."""
        return any(part.holds(read) for part in self.parts)

    def failing(self, read: Read) -> Path | None:
        """The first place of all, if no part holds."""
        return None if self.holds(read) else self.paths()[0]

    def answered(self, read: Read) -> bool:
        """Whether all parts are answered."""
        return all(part.answered(read) for part in self.parts)


_OPERATORS: Final = '{"in": […]}, {"not_in": […]}, {"present": true} or {"above": 0}'
