"""Reading a body: no further than the limit, and only JSON."""

import asyncio
from collections.abc import Mapping
from typing import Final, TypeVar

import attrs
from litestar.types import Receive, ReceiveMessage

from adapters.http.media_type import is_json
from adapters.http.strict_json import read_strictly
from core.entities.json import Json
from core.errors import PayloadTooLarge, Problem, Refusal, UnsupportedMediaType, ValidationFailed
from core.use_cases.call import NO_BODY, NoBody

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_SECONDS: Final = 60
_MAX_DIGITS = len(str(MAX_BYTES))
T = TypeVar("T", bytes, bytearray)


@attrs.frozen
class Body:
    """What was sent: the bytes as they came, and the document in them or why there is none."""

    document: Json | NoBody = NO_BODY
    raw: bytes | None = None
    refusal: Refusal | None = None

    @property
    def is_unread(self) -> bool:
        """Whether there is one of which not every byte was read."""
        return self.raw is None and self.refusal is not None


NOTHING: Final = Body()


async def read_body(headers: Mapping[bytes, bytes], receive: Receive) -> Body:
    """Judge size, then media type, then JSON; the first refusal travels with the call."""
    try:
        raw = await _receive(headers, receive)
    except (PayloadTooLarge, ValidationFailed) as refusal:
        return Body(refusal=refusal)
    if not raw:
        return NOTHING
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


async def _receive(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    if _declares_too_much(headers):
        raise _too_large()
    message = await receive()
    if message["type"] == "http.request" and not message["more_body"]:
        return _within_limit(message["body"])
    try:
        async with asyncio.timeout(MAX_SECONDS):
            return await _receive_chunks(message, receive)
    except TimeoutError as error:
        raise _incomplete(f"the body did not arrive within {MAX_SECONDS} seconds") from error


async def _receive_chunks(message: ReceiveMessage, receive: Receive) -> bytes:
    body = bytearray()
    while message["type"] == "http.request":
        body += message["body"]
        _within_limit(body)
        if not message["more_body"]:
            return bytes(body)
        message = await receive()
    raise _incomplete("the connection ended before the body was complete")


def _within_limit(body: T) -> T:
    if len(body) > MAX_BYTES:
        raise _too_large()
    return body


def _incomplete(message: str) -> ValidationFailed:
    return ValidationFailed(message, [Problem((), "INVALID", message)])


def _too_large() -> PayloadTooLarge:
    return PayloadTooLarge(f"The body is larger than {MAX_BYTES // 2**20} MiB")


def _unsupported(headers: Mapping[bytes, bytes]) -> UnsupportedMediaType:
    found = headers.get(b"content-type", b"").decode("latin-1")
    coding = headers.get(b"content-encoding")
    sent = f"Content-Encoding {coding.decode('latin-1')}" if coding else f"Content-Type {found}"
    return UnsupportedMediaType(f"A body must be JSON in UTF-8 (application/json), not {sent[:200]}")
