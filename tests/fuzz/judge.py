"""What every answer must be, and that two databases give the same."""

import json
from collections.abc import Iterator
from typing import Any, Final

from tests.fuzz.asked import API, Asked
from tests.fuzz.wire import Answer

_MASKED: Final = {"id", "created_at", "updated_at", "next_cursor", "request_id"}
_PREFIX: Final = "datamingle_"
_HEADERS: Final = {
    "content-type",
    "cache-control",
    "allow",
    "retry-after",
    "connection",
    "link",
    "deprecation",
}


def faults_of(asked: Asked, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer, whatever the database."""
    if answer.status == 0:
        yield "there was no answer"
        return
    if answer.status >= 500:
        yield f"it was answered {answer.status}: {answer.body[:300]!r}"
    if asked.statuses and answer.status not in asked.statuses:
        yield f"it was answered {answer.status}, not {sorted(asked.statuses)}: {answer.body[:300]!r}"
    if asked.method != "HEAD":
        yield from _faults_of_envelope(asked, answer)


def differences(one: Answer, other: Answer) -> Iterator[str]:
    """Where two answers differ in more than ids and times."""
    if one.status != other.status:
        yield f"one database answers {one.status}, the other {other.status}"
        return
    for name in _HEADERS:
        if one.header(name) != other.header(name):
            yield f"{name} is {one.header(name)} and {other.header(name)}"
    first, second = comparable(one.body), comparable(other.body)
    if first != second:
        yield f"the answers differ: {_at_difference(first, second)}"


def comparable(body: bytes) -> Any:
    """A body without what is another one each time."""
    try:
        return _masked(json.loads(body))
    except ValueError:
        return body


def _faults_of_envelope(asked: Asked, answer: Answer) -> Iterator[str]:
    request_id = answer.header("x-request-id")
    if request_id is None:
        yield "the answer has no request id"
    if answer.status == 204:
        return
    if answer.status < 400 and not asked.target.startswith(API):
        return
    try:
        body = json.loads(answer.body)
    except ValueError:
        yield f"the answer is no JSON: {answer.body[:100]!r}"
        return
    if body.get("success") is not (answer.status < 400):
        yield f"success is {body.get('success')} with {answer.status}"
    error = body.get("error", {"request_id": request_id})
    if error["request_id"] != request_id:
        yield "the answer's request ids differ"
    if ("detail" in body) != (answer.status in (401, 403)):
        yield f"detail stands with {answer.status}, or lacks"
    if asked.statuses == {400} and error.get("code") not in ("VALIDATION_ERROR", None):
        yield f"the code is {error['code']}"


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: "…" if name.removeprefix(_PREFIX) in _MASKED and inner is not None else _masked(inner)
            for name, inner in value.items()
        }
    return [_masked(inner) for inner in value] if isinstance(value, list) else value


def _at_difference(one: Any, other: Any) -> str:
    first, second = (json.dumps(side, default=repr) for side in (one, other))
    at = next((at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
    begin = max(0, at - 60)
    return f"…{first[begin : at + 100]}… and …{second[begin : at + 100]}…"
