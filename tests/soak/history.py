"""What clients did: each request, and its answer if one came back."""

import json
import time
from typing import Literal

import attrs

from core.entities.json import JsonObject
from tests.soak.wire import Wire

Kind = Literal["order", "batch", "refused", "notes", "stock"]
UNAVAILABLE = 503


@attrs.define
class Sent:
    """One request; `status` and `body` are None where no answer came back whole.

    `numbers` are the orders it is about; `place` is what it changes again and again, and `revision` the value
    it writes there; `again` tells that an attempt before had an unknown outcome. `seconds` is how long the
    client waited, `retry_after` the header of that name, `ids` those of the orders it was told to have made.
    """

    kind: Kind
    request_id: str
    numbers: tuple[str, ...] = ()
    place: str = ""
    revision: int = 0
    lines: int = 0
    again: bool = False
    status: int | None = None
    body: bytes | None = None
    seconds: float = 0.0
    retry_after: str | None = None
    ids: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether an answer came back whole."""
        return self.status is not None

    @property
    def certain(self) -> bool:
        """Whether the answer tells what became of the request; SERVICE_UNAVAILABLE leaves it open."""
        return self.status not in (None, UNAVAILABLE)

    @property
    def acknowledged(self) -> tuple[str, ...]:
        """The orders that the client was told to be there: made now, or by an attempt before."""
        is_taken = self.again and self.status == 400 and self.kind != "refused"
        return self.numbers if self.status == 201 or is_taken else ()

    @property
    def creates(self) -> bool:
        """Whether it is about orders that are to be made."""
        return self.kind in ("order", "batch", "refused")


async def carry_out(wire: Wire, sent: Sent, method: str, path: str, document: JsonObject) -> None:
    """Send the request and keep what came back."""
    began = time.monotonic()
    answer = await wire.send(method, path, document, sent.request_id)
    sent.seconds = time.monotonic() - began
    if answer is None:
        return
    sent.status, sent.body = answer.status, answer.body
    sent.retry_after = answer.headers.get("retry-after")
    if sent.creates and sent.status == 201:
        data = json.loads(answer.body)["data"]
        sent.ids = tuple(record["id"] for record in (data if isinstance(data, list) else [data]))
