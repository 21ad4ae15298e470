"""The outermost part: request id, address, and one log line per request."""

import re
from collections.abc import Awaitable, Mapping
from datetime import timedelta

import attrs
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from structlog.typing import FilteringBoundLogger

from adapters.http.address import read_address
from adapters.http.context import RequestContext, keep_context, refusal_of
from adapters.http.envelope import failure
from adapters.http.failures import no_such_path
from adapters.http.request_id import choose_request_id
from core.errors import ValidationFailed
from core.ports.clock import Clock
from core.ports.id_source import IdSource

_SHOWN = 512
_HOST = re.compile(rb"[0-9A-Za-z!$&'()*+,;=\-._~:\[\]%]*")
_MILLISECOND = timedelta(milliseconds=1)


@attrs.frozen
class Front:
    """Leads to the API's endpoints by the path as it was sent, and to the rest of the site.

    Litestar serves the rest; its routing and its layers would cost an API call 7 µs, a twentieth of a read.
    """

    endpoints: Mapping[str, ASGIApp]
    site: ASGIApp
    clock: Clock
    ids: IdSource
    logger: FilteringBoundLogger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through (an ASGI application)."""
        if scope["type"] != ScopeType.HTTP:
            await self.site(scope, receive, send)
            return
        context = self._context(scope)
        sending = _Sending(send, context)
        try:
            await self._pass_on(scope, receive, sending, context)
        finally:
            self._log(context, sending.status)

    def _context(self, scope: HTTPScope) -> RequestContext:
        headers = dict(scope["headers"])
        query = scope["query_string"]
        raw_path = scope["raw_path"].partition(b"?")[0]
        path = raw_path + b"?" + query if query else raw_path
        return RequestContext(
            request_id=choose_request_id(headers, self.ids),
            received_at=self.clock.now(),
            method=scope["method"],
            path=path.decode("ascii", "backslashreplace"),
            headers=headers,
        )

    async def _pass_on(self, scope: HTTPScope, receive: Receive, send: Send, context: RequestContext) -> None:
        keep_context(scope, context)
        address = read_address(scope["raw_path"].partition(b"?")[0])
        refusal = refusal_of(scope) or _refusal_of_host(context.headers)
        if address.route is None or refusal is not None:
            refusal = refusal or no_such_path()
            context.error_code = refusal.code
            await failure(refusal, context.request_id)(scope, receive, send)
            return
        context.identifier, context.refusal = address.identifier, address.refusal
        endpoint = self.endpoints.get(address.route)
        if endpoint is None:
            scope["path"] = address.route
            endpoint = self.site
        await endpoint(scope, receive, send)

    def _log(self, context: RequestContext, status: int | None) -> None:
        self.logger.info(
            "request",
            request_id=context.request_id,
            method=context.method,
            path=context.path.partition("?")[0][:_SHOWN],
            status=status,
            duration_ms=round((self.clock.now() - context.received_at) / _MILLISECOND, 3),
            partner=context.partner,
            api_key=context.api_key,
            error_code=context.error_code,
        )


def _refusal_of_host(headers: Mapping[bytes, bytes]) -> ValidationFailed | None:
    """RFC 9112, section 3.2: a host that cannot be one is refused."""
    if _HOST.fullmatch(headers.get(b"host", b"")) is None:
        return ValidationFailed("The Host header is no name or address with an optional port")
    return None


class _Sending:
    """Adds the request id to whatever response is sent, notes its status, and keeps a HEAD's body back."""

    __slots__ = ("_header", "_is_head", "_send", "status")

    def __init__(self, send: Send, context: RequestContext) -> None:
        self.status: int | None = None
        self._send = send
        self._header = (b"x-request-id", context.request_id.encode("ascii"))
        self._is_head = context.method == "HEAD"

    def __call__(self, message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message["headers"], self._header]
        elif self._is_head and message["type"] == "http.response.body":
            message["body"] = b""
        return self._send(message)
