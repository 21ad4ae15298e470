"""What `explain` shows: which value came from where, and what came to nothing."""

from typing import Literal, TypeAlias

import attrs

from core.mapping.model import ABSENT, Absent, Json, Place
from core.mapping.standing import Located

How: TypeAlias = Literal["copied", "converted", "default", "const", "passed", "dropped"]


@attrs.frozen
class Entry:
    """One value that was written (or dropped), with its source."""

    target: Place
    rule: str | None
    source: Located | None
    how: How
    raw: Json | Absent
    value: Json


@attrs.frozen
class Link:
    """An array, or an element, that was built from one of the source."""

    target: Place
    source: Located


@attrs.define
class Trace:
    """The record of one run."""

    entries: list[Entry] = attrs.Factory(list)
    links: list[Link] = attrs.Factory(list)
    blocked: list[Located] = attrs.Factory(list)
    removed: list[Located] = attrs.Factory(list)

    def add(
        self,
        target: Place,
        rule: str | None,
        source: Located | None,
        how: How,
        value: Json,
        raw: Json | Absent = ABSENT,
    ) -> None:
        """Note one value."""
        self.entries.append(Entry(target, rule, source, how, raw, value))

    def link(self, target: Place, source: Located) -> None:
        """Note an array or element that was built from one of the source."""
        self.links.append(Link(target, source))
