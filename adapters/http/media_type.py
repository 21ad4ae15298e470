"""Which bodies are taken for JSON."""

import re
from collections.abc import Mapping
from functools import lru_cache

_JSON = re.compile(r"application/json|[!#$&^_.+a-z0-9-]+/[!#$&^_.+a-z0-9-]+\+json", re.ASCII)
_PARAMETER = re.compile(r"""\s*([^\s=;]+)\s*=\s*(?:"([^"]*)"|([^\s";]*))\s*""")


def is_json(headers: Mapping[bytes, bytes]) -> bool:
    """`application/json` or `…+json` in UTF-8, not compressed; without a Content-Type a body is JSON."""
    coding = headers.get(b"content-encoding", b"identity").strip().lower()
    if coding not in (b"", b"identity"):
        return False
    content_type = headers.get(b"content-type")
    return content_type is None or _names_json(content_type)


@lru_cache(64)
def _names_json(content_type: bytes) -> bool:
    kind, *parameters = content_type.decode("latin-1").split(";")
    if not _JSON.fullmatch(kind.strip().lower()):
        return False
    return all(_is_utf8(parameter) for parameter in parameters)


def _is_utf8(parameter: str) -> bool:
    found = _PARAMETER.fullmatch(parameter)
    if found is None:
        return not parameter.strip()
    if found[1].lower() != "charset":
        return True
    return (found[2] or found[3] or "").lower() in ("utf-8", "utf8")
