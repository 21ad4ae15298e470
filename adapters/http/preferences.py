"""`Prefer: handling=strict` (RFC 7240)."""

from collections.abc import Iterable


def prefers_strict(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether unknown fields and parameters are to be refused; of a repeated preference the first counts."""
    for name, value in headers:
        if name != b"prefer":
            continue
        for preference in value.split(b","):
            token, _, word = preference.partition(b";")[0].partition(b"=")
            if token.strip().lower() == b"handling":
                return word.strip().strip(b'"').lower() == b"strict"
    return False
