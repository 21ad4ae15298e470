"""Cursors: a signed place in a list, bound to the list it came from."""

import base64
import binascii
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import attrs

from core.errors import Problem, ValidationFailed

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MAC_BYTES = 16


@attrs.frozen
class Position:
    """The last record of a page, by what lists are ordered by."""

    created_at: datetime
    id: str


@attrs.frozen
class CursorSigner:
    """Writes and reads cursors with the server's secret (HMAC-SHA-256, RFC 2104)."""

    secret: bytes = attrs.field(repr=False)

    def write(self, position: Position, listing: str) -> str:
        """The opaque text for a position in a listing (resource, filter and order as one text)."""
        micros = (position.created_at - _EPOCH) // timedelta(microseconds=1)
        body = f"{micros}:{position.id}".encode()
        return _spell(self._mac(body, listing) + body)

    def read(self, cursor: str, listing: str) -> Position:
        """The position; ValidationFailed if the cursor is malformed, tampered with or of another listing."""
        try:
            token = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            mac, body = token[:_MAC_BYTES], token[_MAC_BYTES:]
            if not hmac.compare_digest(mac, self._mac(body, listing)) or _spell(token) != cursor:
                raise ValueError(cursor)
            micros, _, id = body.decode().partition(":")
            return Position(_EPOCH + timedelta(microseconds=int(micros)), id)
        except (ValueError, binascii.Error) as error:
            message = f"Invalid cursor: '{cursor}'"
            raise ValidationFailed(message, [Problem(("cursor",), "INVALID", message)]) from error

    def _mac(self, body: bytes, listing: str) -> bytes:
        return hmac.digest(self.secret, listing.encode() + b"\n" + body, hashlib.sha256)[:_MAC_BYTES]


def _spell(token: bytes) -> str:
    return base64.urlsafe_b64encode(token).decode().rstrip("=")
