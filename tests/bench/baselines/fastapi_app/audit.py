"""One call: its key, its transaction, its row in the audit table."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from fastapi import Request, Response
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.baselines.fastapi_app.schemas import Failure, Problem
from tests.bench.baselines.fastapi_app.tables import ApiKey, AuditEntry, Sessions, now


class Refused(Exception):
    """What a caller is told instead of an answer."""

    def __init__(
        self, status: int, code: str, message: str, details: list[dict[str, object]] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details or []


class Call:
    """A request with its bytes; `begin` opens the one transaction of its work and its audit row."""

    def __init__(self, request: Request, raw: bytes) -> None:
        self.request = request
        self.raw = raw
        self.received_at = now()
        self.started = time.perf_counter()
        self.request_id = request.headers.get("X-Request-ID") or str(uuid4())

    @contextmanager
    def begin(self, action: str, scope: str) -> Iterator["Work"]:
        """The session, once the key is found good; committed by `answer`, rolled back by an exception."""
        with Sessions() as session:
            yield Work(self, session, admit(session, self.request.headers.get("X-API-Key"), scope), action)


class Work:
    """What is done within the transaction of a call."""

    def __init__(self, call: Call, session: Session, key: ApiKey, action: str) -> None:
        self.call = call
        self.session = session
        self.key = key
        self.action = action

    def answer(
        self,
        body: BaseModel,
        status: int = 200,
        identifier: str | None = None,
        record: UUID | None = None,
        outcome: str = "success",
        message: str | None = None,
    ) -> Response:
        """Add the audit row, make both durable, and answer."""
        content = body.model_dump_json().encode()
        call = self.call
        url = call.request.url
        self.session.add(
            AuditEntry(
                received_at=call.received_at,
                request_id=call.request_id,
                partner=self.key.partner_slug,
                api_key=self.key.name,
                action=self.action,
                identifier=identifier,
                method=call.request.method,
                path=f"{url.path}?{url.query}" if url.query else url.path,
                response_status=status,
                status=outcome,
                error_message=message,
                duration_ms=1000 * (time.perf_counter() - call.started),
                record_id=record,
                raw_payload=call.raw or None,
                response_body=content,
            )
        )
        self.session.commit()
        return Response(content, status, {"X-Request-ID": call.request_id}, "application/json")


async def receive(request: Request) -> Call:
    """The request with its bytes, which FastAPI reads the body from as well."""
    call = Call(request, await request.body())
    request.state.call = call
    return call


def admit(session: Session, secret: str | None, scope: str) -> ApiKey:
    """The key with this secret, if it is good for this."""
    if not secret:
        raise Refused(403, "API_KEY_REQUIRED", "An API key is required")
    digest = hashlib.sha256(secret.encode()).hexdigest()
    key = session.scalars(select(ApiKey).where(ApiKey.secret_hash == digest)).one_or_none()
    if key is None:
        raise Refused(401, "INVALID_API_KEY", "Invalid API key")
    if not key.is_active:
        raise Refused(401, "API_KEY_REVOKED", "API key has been revoked")
    if key.expires_at is not None and key.expires_at <= now():
        raise Refused(401, "API_KEY_EXPIRED", "API key has expired")
    if key.partner is not None and not key.partner.is_active:
        raise Refused(403, "INTEGRATION_DISABLED", "The integration is switched off")
    if not {"integrations.*", "integrations.orders.*", f"integrations.orders.{scope}"} & set(key.scopes):
        raise Refused(403, "PERMISSION_DENIED", "You do not have permission to perform this action.")
    return key


def refuse(call: Call, refused: Refused) -> Response:
    """Answer a refusal; one that its key may be told of has its audit row."""
    problem = Problem(
        code=refused.code, message=refused.message, details=refused.details, request_id=call.request_id
    )
    body = Failure(error=problem)
    if refused.status in (401, 403):
        return Response(body.model_dump_json(), refused.status, media_type="application/json")
    try:
        with call.begin("order/refused", "write" if call.raw else "read") as work:
            return work.answer(body, refused.status, outcome=refused.code.lower(), message=refused.message)
    except Refused as key:  # a body that is not valid is found before the key is read
        return refuse(call, key)
