"""One integration call and what came of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

import attrs

from core.entities.api_key import ApiKey
from core.entities.idempotency import KeptOutcome, KeyedRequest
from core.entities.json import Json
from core.entities.resource import Action, Resource
from core.errors import Refusal


class NoBody:
    """Nothing was sent as a body."""


NO_BODY = NoBody()
Condition: TypeAlias = Callable[[Json], bool]
"""Whether a record, in the caller's words, is as the caller knows it."""


@attrs.frozen
class Call:
    """A request as it came, whatever carried it.

    `refusal` is what was wrong with its body, path or query as such; it is judged after the key.
    `idempotency_key` marks a call that may be sent again; a body that could not be read whole has none.
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
    query: Mapping[str, str] = attrs.field(factory=dict)
    document: Json | NoBody = NO_BODY
    raw: bytes | None = None
    refusal: Refusal | None = None
    replace: bool = False
    strict: bool = False
    condition: Condition | None = None
    idempotency_key: str | None = None

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
    """What is known of a call by now, for the log: it grows as the call is judged.

    `keyed` is the first request under its idempotency key, whose outcome is to be kept.
    """

    key: ApiKey | None = None
    keyed: KeyedRequest | None = None
    mapping_version: int | None = None
    mapped: Json | NoBody = NO_BODY
    ignored: tuple[str, ...] = ()
    record_ids: str | tuple[str, ...] | None = None
    alerts: list[str] = attrs.field(factory=list)


@attrs.frozen
class Outcome:
    """An answer, a refusal, or what was kept of the same call; and the trail that led to it.

    `fault` is the exception nobody foresaw.
    """

    result: Answer | Refusal | KeptOutcome
    trail: Trail
    fault: Exception | None = None

    @property
    def error_code(self) -> str | None:
        """The code of the refusal that is told or told again."""
        match self.result:
            case Refusal(code=code) | KeptOutcome(error_code=code):
                return code
            case _:
                return None

    @property
    def error_message(self) -> str | None:
        """Its message."""
        match self.result:
            case Refusal(message=message) | KeptOutcome(error_message=message):
                return message
            case _:
                return None
