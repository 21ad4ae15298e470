"""The query: application/x-www-form-urlencoded, of a repeated name the last value counts."""

from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from adapters.http.address import bad_text
from core.errors import Problem, Refusal, ValidationFailed
from core.use_cases.structuring import MAX_PROBLEMS


def read_query(raw: bytes) -> tuple[Mapping[str, str], Refusal | None]:
    """The parameters by name, and what is wrong with them as text."""
    if not raw:
        return {}, None
    parameters: dict[str, str] = {}
    problems: list[Problem] = []
    for pair in raw.split(b"&"):
        name, _, value = pair.partition(b"=")
        field = _decoded(name)
        text = _decoded(value)
        if field is None:
            problems.append(bad_text(name, "", "a parameter's name "))
        elif text is None:
            problems.append(bad_text(value, field))
        elif pair:
            parameters[field] = text
    if problems:
        return {}, ValidationFailed(problems=problems[:MAX_PROBLEMS])
    return parameters, None


def _decoded(part: bytes) -> str | None:
    try:
        text = unquote_to_bytes(part.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
