"""Views with one transaction for the work of a call and its audit row."""

import time
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

import attrs
from django.db import transaction
from django.http import HttpRequest
from django.utils.timezone import now
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.bench.baselines.django_app.authentication import key_of
from tests.bench.baselines.django_app.models import AuditEntry


@attrs.frozen
class Received:
    """A request as it came."""

    request: HttpRequest
    raw: bytes
    request_id: str
    at: datetime
    started: float

    @classmethod
    def of(cls, request: HttpRequest) -> "Received":
        """Read the request, and keep the id that it brings or make one."""
        request_id = request.headers.get("X-Request-ID") or str(uuid4())
        return cls(request, request.body, request_id, now(), time.perf_counter())


class AuditedView(APIView):
    """A refusal rolls the work back and has its row all the same, unless the key is what was refused."""

    actions: ClassVar[dict[str, str]]
    record: UUID | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        received = Received.of(request)
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            assert isinstance(response, Response)
            response.render()
            if response.exception:
                transaction.set_rollback(True)
            else:
                self._keep(received, response)
        if response.exception and response.status_code not in (401, 403):
            self._keep(received, response)
        response["X-Request-ID"] = received.request_id
        response["Content-Length"] = len(response.content)
        return response

    def _keep(self, received: Received, response: Response) -> None:
        key, request = key_of(self.request), received.request
        AuditEntry.objects.create(
            received_at=received.at,
            request_id=received.request_id,
            partner=key.partner_id,
            api_key=key.name,
            action=self.actions.get(request.method or "", "order/refused"),
            identifier=self.kwargs.get("number"),
            method=request.method or "",
            path=request.get_full_path(),
            response_status=response.status_code,
            status="refused" if response.exception else "success",
            error_message=response.data["error"]["message"] if response.exception else None,
            duration_ms=1000 * (time.perf_counter() - received.started),
            record_id=self.record,
            raw_payload=received.raw or None,
            response_body=response.content,
        )
