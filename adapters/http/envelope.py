"""The one shape of every answer."""

import msgspec

from adapters.http.entity_tag import entity_tag
from adapters.http.errors import REFUSED_KEY, STATUS_OF
from adapters.http.reply import JSON, NO_STORE, Headers, Reply
from core.entities.json import JsonObject
from core.errors import (
    IdempotencyInProgress,
    Problem,
    RateLimited,
    Refusal,
    RequestTimeout,
    ServiceUnavailable,
)
from core.mapping.paths import show
from core.use_cases.call import Answer

MAX_DETAILS = 100
_RATE_LIMIT_SECONDS = 1
_IN_PROGRESS_SECONDS = 1
_API: Headers = (JSON, NO_STORE)
_encoder = msgspec.json.Encoder(decimal_format="number")
encode = _encoder.encode


def success(answer: Answer) -> Reply:
    """The record, with its entity tag, or the records asked for; of a list, where the next page begins."""
    status = 201 if answer.created else 200
    if answer.is_record:
        data = encode(answer.data)
        return Reply(status, (*_API, (b"etag", entity_tag(data))), b'{"success":true,"data":%b}' % data)
    body: JsonObject = {"success": True, "data": answer.data}
    if answer.paged:
        body["pagination"] = {"limit": answer.limit, "next_cursor": answer.next_cursor}
    return Reply(status, _API, encode(body))


def failure(refusal: Refusal, request_id: str, headers: Headers = ()) -> Reply:
    """Why a request was not carried out; a refused key also has a top-level `detail`."""
    status = STATUS_OF[refusal.code]
    error: JsonObject = {
        "code": refusal.code,
        "message": refusal.message,
        "details": [_detail(problem) for problem in refusal.problems[:MAX_DETAILS]],
        "request_id": request_id,
    }
    body: JsonObject = {"success": False, "error": error}
    if status in REFUSED_KEY:
        body["detail"] = refusal.message
    return Reply(status, (*_API, *_advice(refusal), *headers), encode(body))


def _detail(problem: Problem) -> JsonObject:
    field = problem.sent_as if problem.sent_as is not None else show(problem.place)
    detail: JsonObject = {"field": field, "code": problem.code, "message": problem.message}
    if problem.pointer is not None:
        detail["pointer"] = problem.pointer
    if problem.record is not None:
        detail["record"] = problem.record
    return detail


def _advice(refusal: Refusal) -> Headers:
    """When to come again; after a 408 over another connection (RFC 9110, section 15.5.9)."""
    if isinstance(refusal, ServiceUnavailable):
        return ((b"retry-after", b"%d" % refusal.retry_after),)
    if isinstance(refusal, IdempotencyInProgress):
        return ((b"retry-after", b"%d" % _IN_PROGRESS_SECONDS),)
    if isinstance(refusal, RateLimited):
        return ((b"retry-after", b"%d" % _RATE_LIMIT_SECONDS), (b"x-ratelimit-remaining", b"0"))
    if isinstance(refusal, RequestTimeout):
        return ((b"connection", b"close"),)
    return ()
