"""A request of the corpus, and what is certain of its answer before it is sent."""

from typing import Final

import attrs

API: Final = b"/api/integrations/v1"


@attrs.frozen
class Asked:
    """One request, byte for byte; `{id}` in a body stands for what makes this request's record its own.

    `statuses`: the only ones that are right, where they are known. `is_logged`: let in, so that its entry is
    certain. `is_written`: the body holds a record that reads back as it was sent.
    """

    name: str
    key: str
    method: str
    target: bytes
    headers: tuple[bytes, ...] = ()
    body: bytes | None = None
    statuses: frozenset[int] = frozenset()
    is_logged: bool = True
    is_written: bool = False

    def raw(self, secret: str, request_id: str) -> bytes:
        """As it goes over the wire; the corpus's own headers come last and so count."""
        lines = [
            self.method.encode() + b" " + self.target + b" HTTP/1.1",
            b"Host: localhost",
            b"X-API-Key: " + secret.encode(),
            b"X-Request-ID: " + request_id.encode(),
            *self.headers,
        ]
        if self.body is not None:
            lines.append(b"Content-Length: %d" % len(self.body))
        return b"\r\n".join([*lines, b"", self.body or b""])
