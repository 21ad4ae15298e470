"""API keys: the secret's form, and who may use it until when."""

import hashlib
import re
import zlib
from datetime import datetime
from functools import lru_cache

import attrs

from core.errors import ApiKeyExpired, ApiKeyRevoked

LIVE, TEST = "sk_live_", "sk_test_"
_CHECKSUM_LENGTH = 8
_SECRET = re.compile(r"sk_(?:live|test)_[A-Za-z0-9_-]{30,122}", re.ASCII)


@attrs.frozen
class ApiKey:
    """A key as it is kept: its secret only as a hash."""

    id: str
    name: str
    secret_hash: str
    scopes: tuple[str, ...]
    created_at: datetime
    partner: str | None = None
    expires_at: datetime | None = None
    is_active: bool = True
    is_test: bool = False

    def check_usable(self, now: datetime) -> None:
        """ApiKeyRevoked or ApiKeyExpired if its time is over."""
        if not self.is_active:
            raise ApiKeyRevoked
        if self.expires_at is not None and self.expires_at <= now:
            raise ApiKeyExpired


def make_secret(random_part: str, *, test: bool) -> str:
    """Put a secret together: prefix, random letters and digits, and a checksum over both."""
    body = (TEST if test else LIVE) + random_part
    return body + _checksum(body)


def well_formed(secret: str) -> bool:
    """Whether the checksum fits, so that a mistyped key is refused without a look-up."""
    body, checksum = secret[:-_CHECKSUM_LENGTH], secret[-_CHECKSUM_LENGTH:]
    return _SECRET.fullmatch(secret) is not None and _checksum(body) == checksum


@lru_cache(maxsize=1024)
def hash_if_well_formed(secret: str) -> str | None:
    """Its hash; None if it was mistyped. Those who call have the same few secrets all the time."""
    return hash_secret(secret) if well_formed(secret) else None


def hash_secret(secret: str) -> str:
    """SHA-256 of the secret, in hex; at least 128 random bits make salt and stretching needless."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"
