"""The changelog: dated entries in the client's words."""

import enum
from datetime import date

import attrs


class ChangeGroup(enum.StrEnum):
    """What kind of change an entry tells of."""

    ADDED = "Added"
    CHANGED = "Changed"
    DEPRECATED = "Deprecated"
    REMOVED = "Removed"
    FIXED = "Fixed"
    SECURITY = "Security"
    AUDIT = "Audit"


@attrs.frozen
class ChangelogEntry:
    """One change; `id` (`2026-04-17-inventory-by-sku`) is its anchor and tags the scenarios that hold it."""

    id: str
    date: date
    group: ChangeGroup
    title: str
    text: str
