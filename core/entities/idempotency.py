"""Requests that may be sent again, and what the first was answered.

After draft-ietf-httpapi-idempotency-key-header.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import attrs

KEPT_FOR: Final = timedelta(hours=24)


@attrs.frozen
class KeyedRequest:
    """A request under an idempotency key, which means something to one API key only.

    `id` is the hash of both, `fingerprint` that of the method, the path with its query, and the body:
    SHA-256 in hex, so that nothing a client calls its keys is kept.
    """

    id: str
    fingerprint: str

    @classmethod
    def of(cls, api_key: str, key: str, method: str, path: str, body: bytes | None) -> "KeyedRequest":
        """The request of the API key with this id; no body and an empty one are the same."""
        return cls(
            _digest((api_key.encode(), key.encode())),
            _digest((method.encode(), path.encode(), body or b"")),
        )


@attrs.frozen
class KeptOutcome:
    """What the first request under a key was answered, to be told again byte for byte."""

    request: KeyedRequest
    kept_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    error_code: str | None = None
    error_message: str | None = None


def _digest(parts: Iterable[bytes]) -> str:
    """The hash of texts and a last part; only that one may hold a line feed."""
    return hashlib.sha256(b"\n".join(parts)).hexdigest()
