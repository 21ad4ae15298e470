"""A partner's field mapping as it is kept: one immutable version after another, put into use one by one."""

from datetime import datetime

import attrs

from core.entities.json import JsonObject
from core.entities.resource import Resource


@attrs.frozen
class MappingVersion:
    """One version of the mapping of a partner's resource; `version` counts from 1."""

    partner: str
    resource: Resource
    version: int
    document: JsonObject
    content_hash: str
    created_at: datetime
    author: str
    note: str | None = None


@attrs.frozen
class Publication:
    """A version put into use, in place of the one before; `author` is who did it."""

    partner: str
    resource: Resource
    version: int
    published_at: datetime
    author: str
    note: str | None = None
