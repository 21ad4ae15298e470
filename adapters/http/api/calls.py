"""From a request to the call it makes."""

from litestar.types import Scope

from adapters.http.api.operations import Operation
from adapters.http.body import Body
from adapters.http.context import RequestContext
from adapters.http.idempotency import read_idempotency_key
from adapters.http.if_match import read_if_match
from adapters.http.preferences import prefers_strict
from adapters.http.query import read_query
from core.use_cases.call import Call


def read_call(operation: Operation, scope: Scope, body: Body, context: RequestContext) -> Call:
    """The call as it came."""
    headers = context.headers
    query, query_refusal = read_query(scope["query_string"])
    conditional = b"if-match" in headers and operation.is_change
    condition, condition_refusal = read_if_match(scope["headers"]) if conditional else (None, None)
    idempotency_key, key_refusal = read_idempotency_key(headers) if operation.has_body else (None, None)
    return Call(
        resource=operation.resource,
        action=operation.action,
        request_id=context.request_id,
        received_at=context.received_at,
        method=context.method,
        path=context.path,
        secret=context.secret,
        identifier=context.identifier,
        query=query,
        document=body.document,
        raw=body.raw,
        refusal=key_refusal or body.refusal or context.refusal or query_refusal or condition_refusal,
        replace=operation.replace,
        strict=b"prefer" in headers and prefers_strict(scope["headers"]),
        condition=condition,
        idempotency_key=None if body.is_unread else idempotency_key,
    )
