"""The flat set of rules that a mapping document stands for."""

from typing import Literal, TypeAlias

import attrs

from core.mapping.codecs import Codec
from core.mapping.conditions import Condition
from core.mapping.emptiness import Emptiness
from core.mapping.model import Absent, Json
from core.mapping.paths import Steps
from core.mapping.texts import TextSteps

Names: TypeAlias = tuple[str, ...]
Unmapped: TypeAlias = Literal["pass", "drop", "reject"]
Nulls: TypeAlias = Literal["keep", "absent", "reject"]


@attrs.frozen
class Alternative:
    """One place of the partner's to read; `path` starts at the record, with any `^` behind its group."""

    path: Steps
    wraps: tuple[Names, ...]
    text: TextSteps | None = None
    where: Condition | None = None


@attrs.frozen
class Joined:
    """Several places whose texts make one."""

    parts: tuple[Alternative, ...]
    separator: str


@attrs.frozen
class LookupBy:
    """The value names a record of ours by this field of it."""

    resource: str
    by: str


@attrs.frozen
class NameAndValue:
    """The two members of each element in an array of pairs."""

    name: str
    value: str


@attrs.frozen
class Merge:
    """Rows with the same key become one; the named figures are added up."""

    by: tuple[Names, ...]
    sum: tuple[Names, ...]


@attrs.frozen
class ArrayPair:
    """A partner array (several, where nested rows are flattened) and the array of ours it pairs with.

    Both paths start at the record and end in `[]`.
    """

    partner: Steps
    internal: Steps


@attrs.frozen
class ElementFilter:
    """The condition that elements of a paired array must meet, and the group that asks it."""

    pair: ArrayPair
    where: Condition
    group: str


@attrs.frozen
class RowMerge:
    """How the rows of a built array become fewer."""

    pair: ArrayPair
    merge: Merge


@attrs.frozen(kw_only=True)
class Rule:
    """One pair of places with all its options; `stand` is where its conditions start."""

    id: str
    direction: Literal["both", "in", "out"]
    alternatives: tuple[Alternative | Joined, ...]
    internal: Steps | None
    pairs: tuple[ArrayPair, ...]
    stand: Steps
    codec: Codec
    required: bool
    default: Json | Absent
    nulls: Nulls
    const: Json | Absent
    always: bool
    expect: bool
    secret: bool
    empty: Emptiness
    other_shape_is_absent: bool
    total: bool
    gather: bool
    separator: str | None
    where: Condition | None
    minimum: Json
    name_and_value: NameAndValue | None
    test: Condition | None
    lookup: LookupBy | None

    @property
    def inbound(self) -> bool:
        """Whether it maps from the partner to us."""
        return self.direction != "out"

    @property
    def outbound(self) -> bool:
        """Whether it maps from us to the partner."""
        return self.direction != "in"

    @property
    def places(self) -> tuple[Alternative, ...]:
        """Every place of the partner's that it reads, in order; the first is the one it writes."""
        return tuple(
            part
            for alternative in self.alternatives
            for part in (alternative.parts if isinstance(alternative, Joined) else (alternative,))
        )


@attrs.frozen(kw_only=True)
class RuleSet:
    """A whole mapping, expanded: its rules and what holds for all of them."""

    resource: str
    identifier_field: str | None
    on_duplicate: Literal["refuse", "update"]
    unmapped_in: Unmapped
    unmapped_out: Unmapped
    wraps: tuple[Names, ...]
    empty: Emptiness
    record: tuple[Steps, ...]
    where: Condition | None
    accept: Condition | None
    merge: Merge | None
    rules: tuple[Rule, ...]
    filters: tuple[ElementFilter, ...]
    merges: tuple[RowMerge, ...]
