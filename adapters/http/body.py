"""Reading a body: no further than the limit, and only JSON."""

from collections.abc import Mapping
from typing import Final, TypeVar

import attrs
from litestar.types import Receive, ReceiveMessage, Scope

from adapters.http.body_room import BodyRoom
from adapters.http.context import body_refusal_of, context_of
from adapters.http.media_type import is_json
from adapters.http.strict_json import read_strictly
from core.entities.json import Json
from core.errors import (
    PayloadTooLarge,
    Problem,
    Refusal,
    RequestTimeout,
    ServiceUnavailable,
    UnsupportedMediaType,
    ValidationFailed,
)
from core.use_cases.call import NO_BODY, NoBody

MAX_BYTES: Final = 10 * 1024 * 1024
_MAX_DIGITS = len(str(MAX_BYTES))
T = TypeVar("T", bytes, bytearray)


@attrs.frozen
class Body:
    """What was sent: the bytes as they came, and the document in them or why there is none."""

    document: Json | NoBody = NO_BODY
    raw: bytes | None = None
    refusal: Refusal | None = None
    room: int = 0
    """Bytes of the room for bodies that it takes, to be given back."""

    @property
    def is_unread(self) -> bool:
        """Whether there is one of which not every byte was read."""
        return self.raw is None and self.refusal is not None


NOTHING: Final = Body()


async def receive_body(scope: Scope, receive: Receive, room: BodyRoom) -> Body:
    """The bytes of a body, judged by their size; what else is wrong is told by `read_body`."""
    if _declares_too_much(context_of(scope).headers):
        return Body(refusal=_too_large())
    message = await receive()
    try:
        if message["type"] == "http.request" and not message["more_body"] and message["body"]:
            return Body(raw=_within_limit(message["body"]))
        return await _receive_pieces(scope, message, receive, room)
    except (PayloadTooLarge, RequestTimeout, ServiceUnavailable, ValidationFailed) as refusal:
        return Body(refusal=refusal)


async def read_body(raw: bytes, headers: Mapping[bytes, bytes]) -> Body:
    """Judge media type, then JSON; the first refusal travels with the call."""
    if not is_json(headers):
        return Body(raw=raw, refusal=_unsupported(headers))
    try:
        return Body(await read_strictly(raw), raw)
    except ValidationFailed as refusal:
        return Body(raw=raw, refusal=refusal)


def unread_body(headers: Mapping[bytes, bytes]) -> Body:
    """A body that nobody wants: only its declared size is judged."""
    return Body(refusal=_too_large()) if _declares_too_much(headers) else NOTHING


def _declares_too_much(headers: Mapping[bytes, bytes]) -> bool:
    declared = headers.get(b"content-length", b"0").lstrip(b"0")
    return len(declared) > _MAX_DIGITS or int(declared or b"0") > MAX_BYTES


async def _receive_pieces(scope: Scope, message: ReceiveMessage, receive: Receive, room: BodyRoom) -> Body:
    body = bytearray()
    is_whole = False
    try:
        await _collect(body, message, receive, room)
        if (given_up := body_refusal_of(scope)) is not None:
            raise given_up
        is_whole = True
        return Body(raw=bytes(body), room=len(body)) if body else NOTHING
    finally:
        if not is_whole:
            room.give_back(len(body))


async def _collect(body: bytearray, message: ReceiveMessage, receive: Receive, room: BodyRoom) -> None:
    while message["type"] == "http.request":
        room.take(len(message["body"]))
        body += message["body"]
        _within_limit(body)
        if not message["more_body"]:
            return
        message = await receive()
    ended = "the connection ended before the body was complete"
    raise ValidationFailed(ended, [Problem((), "INVALID", ended)])


def _within_limit(body: T) -> T:
    if len(body) > MAX_BYTES:
        raise _too_large()
    return body


def _too_large() -> PayloadTooLarge:
    return PayloadTooLarge(f"The body is larger than {MAX_BYTES // 2**20} MiB")


def _unsupported(headers: Mapping[bytes, bytes]) -> UnsupportedMediaType:
    found = headers.get(b"content-type", b"").decode("latin-1")
    coding = headers.get(b"content-encoding")
    sent = f"Content-Encoding {coding.decode('latin-1')}" if coding else f"Content-Type {found}"
    return UnsupportedMediaType(f"A body must be JSON in UTF-8 (application/json), not {sent[:200]}")
