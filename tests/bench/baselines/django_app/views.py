"""The endpoints."""

from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tests.bench.baselines.django_app.audit import AuditedView
from tests.bench.baselines.django_app.authentication import key_of
from tests.bench.baselines.django_app.models import Order, OrderItem
from tests.bench.baselines.django_app.serializers import OrderSerializer

_MOST = 200


def orders() -> QuerySet[Order]:
    """Orders with their lines."""
    lines = Prefetch("items", OrderItem.objects.all(), to_attr="lines")
    return Order.objects.prefetch_related(lines)  # type: ignore[no-redef]  # a new order brings its lines along


class OrderDetail(AuditedView):
    actions = {"GET": "order/read"}

    def get(self, request: Request, number: str) -> Response:
        order = orders().filter(order_number=number, partner=key_of(request).partner).first()
        if order is None:
            raise NotFound(f"no order {number}")
        return Response({"success": True, "data": OrderSerializer(order).data})


class OrderList(AuditedView):
    actions = {"GET": "order/list", "POST": "order/create"}

    def get(self, request: Request) -> Response:
        limit = limit_of(request.query_params.get("limit", "50"))
        found = newest_first(request.query_params.get("cursor"))[: limit + 1]
        page = list(found)
        last = page[:limit][-1] if len(page) > limit else None
        return Response(
            {
                "success": True,
                "data": OrderSerializer(page[:limit], many=True).data,
                "pagination": {
                    "limit": limit,
                    "next_cursor": last and f"{last.created_at:%Y-%m-%dT%H:%M:%S.%fZ}~{last.id}",
                },
            }
        )

    def post(self, request: Request) -> Response:
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        order = serializer.save(partner=key_of(request).partner)
        self.record = order.id
        return Response({"success": True, "data": serializer.data}, status=201)


def limit_of(text: str) -> int:
    """How many records a page may have."""
    try:
        return min(max(int(text), 1), _MOST)
    except ValueError as error:
        raise ValidationError({"limit": "a whole number"}) from error


def newest_first(cursor: str | None) -> QuerySet[Order]:
    """The orders from a cursor on."""
    newest = orders().order_by("-created_at", "-id")
    if cursor is None:
        return newest
    time, _, record = cursor.partition("~")
    try:
        at, last = datetime.fromisoformat(time), UUID(record)
    except ValueError as error:
        raise ValidationError({"cursor": f"Invalid cursor: '{cursor}'"}) from error
    return newest.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=last))
