"""Listings: newest first, and pages of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from core.entities.cursor import Position


class Dated(Protocol):
    """A record that listings can order."""

    @property
    def id(self) -> str: ...

    @property
    def created_at(self) -> datetime: ...


R = TypeVar("R", bound=Dated)


def newest_first(records: Iterable[R]) -> list[R]:
    """The records by (created_at, id), newest first."""
    return sorted(records, key=_key, reverse=True)


def page_of(records: Iterable[R], after: Position | None, limit: int | None) -> list[R]:
    """At most `limit` of them, newest first, after the position."""
    following = [record for record in records if after is None or _key(record) < (after.created_at, after.id)]
    return newest_first(following)[:limit]


def _key(record: Dated) -> tuple[datetime, str]:
    return record.created_at, record.id
