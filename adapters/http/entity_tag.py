"""The tag of a record as it is answered: another answer has another tag (RFC 9110, section 8.8.3)."""

from hashlib import blake2b
from typing import Final

_DIGEST_BYTES: Final = 16


def entity_tag(data: bytes) -> bytes:
    """The strong tag of an encoded record, the same in every process."""
    return b'"%b"' % blake2b(data, digest_size=_DIGEST_BYTES).hexdigest().encode()
