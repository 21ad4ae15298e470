"""The words of the mapping engine: values, places, errors and findings."""

from decimal import Decimal
from enum import Enum
from typing import Final, Literal, Protocol, TypeAlias

import attrs

from core.mapping.steps import Steps

Json: TypeAlias = bool | int | float | Decimal | str | list["Json"] | dict[str, "Json"] | None
Place: TypeAlias = tuple[str | int, ...]
Direction: TypeAlias = Literal["in", "out"]


class Absent(Enum):
    """The type of the one value that stands for what is not there."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT

ROWS: Final = "inventory"
"""The member of ours that holds the rows of an inventory load."""

FORBIDDEN_NAMES: Final = frozenset({"__proto__", "constructor", "prototype"})
"""Member names that poison other runtimes; no rule may name them and they never pass."""


class Unconvertible(Exception):
    """A codec cannot take this value; `expected` is a phrase such as "a whole number"."""

    def __init__(self, code: str, expected: str) -> None:
        super().__init__(expected)
        self.code = code
        self.expected = expected


@attrs.frozen
class Finding:
    """What is wrong, or doubtful, in a mapping document: which rule, which member, from which column."""

    severity: Literal["error", "warning"]
    code: str
    rule: str
    member: str
    message: str
    column: int | None = None
    fix: str | None = None


class MappingRefused(Exception):
    """A mapping document that cannot be used; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


@attrs.frozen
class MappingError:
    """One value that could not be mapped, named on both sides.

    `partner` is the exact place from the record on, `field` the same as a person writes it (without wrapper
    members), `pointer` the JSON Pointer into what was sent; `targets` are the `internal` places as steps, as
    they are after rows were merged.
    """

    code: str
    rule: str | None
    partner: str
    field: str
    pointer: str
    internal: tuple[str, ...]
    targets: tuple[Steps, ...]
    expected: str | None
    found: str | None
    reason: str
    also: tuple[str, ...] = ()
    record: int | None = None

    @property
    def message(self) -> str:
        """The place and the reason, as one sentence."""
        return f"{self.partner}: {self.reason}" if self.partner else self.reason


class Lookup(Protocol):
    """Finds records of ours by a value they carry, for rules with `lookup`."""

    def find(self, resource: str, by: str, value: Json) -> str | None:
        """The natural key of the record whose field `by` equals the value as text; None if there is none."""

    def value_of(self, resource: str, by: str, key: str) -> Json:
        """What the record with this natural key carries in the field `by`; None if it carries nothing."""
