"""From a request to the call it makes."""

from litestar.types import Receive, Scope

from adapters.http.api.operations import Operation
from adapters.http.body import Body, read_body, receive_body, unread_body
from adapters.http.body_room import BodyRoom
from adapters.http.context import RequestContext
from adapters.http.idempotency import read_idempotency_key
from adapters.http.if_match import read_if_match
from adapters.http.preferences import prefers_strict
from adapters.http.query import read_query
from core.use_cases.call import Call


async def receive_call(
    operation: Operation, scope: Scope, receive: Receive, context: RequestContext, room: BodyRoom
) -> Body:
    """Wait for the body, where one is wanted and a key was sent."""
    if operation.has_body and context.secret is not None:
        return await receive_body(scope, receive, room)
    return unread_body(context.headers)


async def read_call(operation: Operation, scope: Scope, received: Body, context: RequestContext) -> Call:
    """The call as it came."""
    headers, secret = context.headers, context.secret
    body = await read_body(received, headers)
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
        secret=secret,
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
