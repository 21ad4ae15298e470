"""What is known of a request by now, kept in its ASGI scope."""

from datetime import datetime

import attrs
from litestar.types import Scope

from adapters.http.reply import Answered
from core.errors import Refusal

_NAME = "datamingle"
_REFUSED = "datamingle.refused"
_BODY_REFUSED = "datamingle.body_refused"


@attrs.define
class RequestContext:
    """One request: what the front read of it, and for the log line what became of it."""

    request_id: str
    received_at: datetime
    method: str
    path: str
    headers: dict[bytes, bytes]
    identifier: str | None = None
    refusal: Refusal | None = None
    partner: str | None = None
    api_key: str | None = None
    error_code: str | None = None

    def learn(self, answered: Answered) -> None:
        """Note for the log line what became of it."""
        self.api_key, self.partner, self.error_code = answered.api_key, answered.partner, answered.error_code

    @property
    def secret(self) -> str | None:
        """What `X-API-Key` holds; an empty one is none."""
        return self.headers.get(b"x-api-key", b"").decode("latin-1") or None


def keep_context(scope: Scope, context: RequestContext) -> None:
    """Put the context where every later part finds it."""
    scope.setdefault("state", {})[_NAME] = context


def context_of(scope: Scope) -> RequestContext:
    """The context of a request that came through the front."""
    context: RequestContext = scope["state"][_NAME]
    return context


def refuse(state: dict[str, object], refusal: Refusal) -> None:
    """Say in a scope's state that its request is to be refused, whatever it asks for."""
    state[_REFUSED] = refusal


def refusal_of(scope: Scope) -> Refusal | None:
    """Why the request is to be refused, if it is."""
    refusal: Refusal | None = scope["state"].get(_REFUSED)
    return refusal


def refuse_body(state: dict[str, object], refusal: Refusal) -> None:
    """Say in a scope's state that the rest of its request's body will not be waited for."""
    state[_BODY_REFUSED] = refusal


def body_refusal_of(scope: Scope) -> Refusal | None:
    """Why the body is not all there, if it was given up."""
    refusal: Refusal | None = scope["state"].get(_BODY_REFUSED)
    return refusal
