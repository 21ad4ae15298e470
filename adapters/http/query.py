"""The query: application/x-www-form-urlencoded, of a repeated name the last value counts."""

from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from adapters.http.address import bad_text
from core.errors import Refusal
from core.use_cases.call import NO_QUERY


def read_query(raw: bytes) -> tuple[Mapping[str, str], Refusal | None]:
    """The parameters by name, and what is wrong with them as text."""
    if not raw:
        return NO_QUERY, None
    parameters: dict[str, str] = {}
    for pair in raw.split(b"&"):
        name, _, value = pair.partition(b"=")
        field = _decoded(name)
        text = _decoded(value)
        if field is None or text is None:
            return NO_QUERY, bad_text("The query", field or "")
        if pair:
            parameters[field] = text
    return parameters, None


def _decoded(part: bytes) -> str | None:
    try:
        text = unquote_to_bytes(part.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
