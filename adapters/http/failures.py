"""Whatever went wrong, the answer is an envelope."""

from typing import Any

import attrs
from litestar import Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException
from structlog.typing import FilteringBoundLogger

from adapters.http.context import RequestContext, context_of
from adapters.http.envelope import failure
from adapters.http.reply import Headers, Reply
from core.errors import (
    InternalError,
    MethodNotAllowed,
    NotFound,
    Refusal,
    ServiceUnavailable,
    ValidationFailed,
)


@attrs.frozen
class Failures:
    """Turns every exception into a failure's envelope, and logs the one nobody foresaw."""

    logger: FilteringBoundLogger

    def handle(self, request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
        """The response for what a handler of Litestar, or its routing, raised."""
        reply = self.reply(error, context_of(request.scope), _allow(error))
        headers = {name.decode(): value.decode() for name, value in reply.headers}
        return Response(reply.body, status_code=reply.status, headers=headers)

    def reply(self, error: BaseException, context: RequestContext, headers: Headers = ()) -> Reply:
        """What to answer; the context keeps its code for the log line."""
        refusal = _refusal_of(error, context)
        context.error_code = refusal.code
        if isinstance(refusal, InternalError):
            self.logger.error("fault", request_id=context.request_id, exc_info=error)
        elif isinstance(refusal, ServiceUnavailable):
            self.logger.warning("unavailable", request_id=context.request_id, cause=_cause(error))
        return failure(refusal, context.request_id, headers)


def no_such_path() -> NotFound:
    """The refusal of a path that leads nowhere."""
    return NotFound("There is nothing at this path")


def no_such_method(context: RequestContext) -> MethodNotAllowed:
    """The refusal of a method that a path does not take."""
    return MethodNotAllowed(f"This path does not take {context.method}; see Allow for what it takes")


def _cause(error: BaseException) -> str | None:
    """What is at the bottom of it, for an operator."""
    cause = error.__cause__
    return None if cause is None else _cause(cause) or repr(cause)


def _refusal_of(error: BaseException, context: RequestContext) -> Refusal:
    match error:
        case Refusal():
            return error
        case NotFoundException():
            return no_such_path()
        case MethodNotAllowedException():
            return no_such_method(context)
        case HTTPException() if error.status_code < 500:
            return ValidationFailed(error.detail)
        case _:
            return InternalError()


def _allow(error: Exception) -> Headers:
    if not isinstance(error, MethodNotAllowedException) or error.headers is None:
        return ()
    methods = sorted(error.headers["allow"].split(", "))
    return ((b"allow", ", ".join(methods).encode()),)
