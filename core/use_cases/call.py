"""One integration call and what came of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias

import attrs

from core.entities.api_key import ApiKey
from core.entities.json import Json
from core.entities.resource import Action, Resource
from core.errors import Refusal


class NoBody:
    """Nothing was sent as a body."""


NO_BODY = NoBody()
NO_QUERY: Mapping[str, str] = MappingProxyType({})
Condition: TypeAlias = Callable[[Json], bool]
"""Whether a record, in the caller's words, is as the caller knows it."""


@attrs.frozen
class Call:
    """A request as it came, whatever carried it.

    `refusal` is what was wrong with its body, path or query as such; it is judged after the key.
    `replace`: an object field that is sent replaces the stored one (PUT); else it is merged (RFC 7396).
    `condition` is judged on the record that is to be changed.
    """

    resource: Resource
    action: Action
    request_id: str
    received_at: datetime
    method: str
    path: str
    secret: str | None = attrs.field(repr=False)
    identifier: str | None = None
    query: Mapping[str, str] = NO_QUERY
    document: Json | NoBody = NO_BODY
    raw: bytes | None = None
    refusal: Refusal | None = None
    replace: bool = False
    strict: bool = False
    condition: Condition | None = None

    @property
    def action_name(self) -> str:
        """Its name in the log: `order/create`."""
        return f"{self.resource.singular}/{self.action.word}"


@attrs.frozen
class Answer:
    """What a call that succeeded answers; `paged` tells a list, whose `next_cursor` may be None.

    `is_record` tells that the data are one record as it is now.
    """

    data: Json
    is_record: bool = False
    created: bool = False
    paged: bool = False
    limit: int = 0
    next_cursor: str | None = None


@attrs.define
class Trail:
    """What is known of a call by now, for the log: it grows as the call is judged."""

    key: ApiKey | None = None
    mapping_version: int | None = None
    mapped: Json | NoBody = NO_BODY
    ignored: tuple[str, ...] = ()
    record_ids: str | tuple[str, ...] | None = None
    alerts: list[str] = attrs.field(factory=list)


@attrs.frozen
class Outcome:
    """An answer or a refusal, and the trail that led to it; `fault` is the exception nobody foresaw."""

    result: Answer | Refusal
    trail: Trail
    fault: Exception | None = None
