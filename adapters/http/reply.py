"""A finished response: bytes and headers, sent as they are."""

import attrs
from litestar.types import Receive, Scope, Send

Headers = tuple[tuple[bytes, bytes], ...]

JSON: tuple[bytes, bytes] = (b"content-type", b"application/json")
NO_STORE: tuple[bytes, bytes] = (b"cache-control", b"no-store")


@attrs.frozen
class Reply:
    """Status, headers and body."""

    status: int
    headers: Headers
    body: bytes = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it (an ASGI application)."""
        headers = list(self.headers)
        if self.status not in (204, 304):
            headers.append((b"content-length", b"%d" % len(self.body)))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


@attrs.frozen
class Answered:
    """What to answer, and what the log line tells of the call."""

    reply: Reply
    api_key: str | None
    partner: str | None
    error_code: str | None
