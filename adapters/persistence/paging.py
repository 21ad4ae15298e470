"""Pages of a listing, newest first by (created_at, id)."""

from peewee import Expression, Field, Node, Ordering, Tuple

from adapters.persistence.statements import Slot, SqlValue
from adapters.persistence.values import to_micros
from core.entities.cursor import Position

_FIRST: dict[str, SqlValue] = {"after_time": 2**63 - 1, "after_id": ""}
EVERYTHING = 2**63 - 1
"""A limit that limits nothing."""


def follows(time: Field, id: Field) -> Expression:
    """Whether a row comes after the position that `position_of` gives."""
    later: Expression = Tuple(time, id) < Tuple(Slot("after_time"), Slot("after_id"))
    return later


def newest_first(time: Field | Node, id: Field) -> tuple[Ordering, Ordering]:
    """The order of every listing."""
    return Ordering(time, "DESC"), id.desc()


def position_of(after: Position | None) -> dict[str, SqlValue]:
    """The position as the statement takes it; the very first where there is none."""
    return _FIRST if after is None else {"after_time": to_micros(after.created_at), "after_id": after.id}
