"""An order: its lines, its life from pending to shipped or cancelled, and its rules."""

import enum
from collections.abc import Iterable
from datetime import datetime

import attrs

from core.entities.fields import Field, Kind
from core.entities.json import JsonObject
from core.errors import RuleBroken


class OrderStatus(enum.StrEnum):
    """Where an order stands on its way through the warehouse."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    VERIFIED = "verified"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


class VerificationStatus(enum.StrEnum):
    """How much of a line has been counted."""

    PENDING = "pending"
    PARTIAL = "partial"
    VERIFIED = "verified"


@attrs.define(eq=False)
class OrderItem:
    """One line of an order."""

    id: str
    sku_code: str
    quantity: int
    notes: str | None = None
    verified_quantity: int = 0

    @property
    def verification_status(self) -> VerificationStatus:
        """Follows from what was counted."""
        if self.verified_quantity >= self.quantity:
            return VerificationStatus.VERIFIED
        return VerificationStatus.PARTIAL if self.verified_quantity else VerificationStatus.PENDING


@attrs.define(eq=False)
class Order:
    """An order of one partner, or of the pass-through keys (`partner` is None)."""

    id: str
    partner: str | None
    order_number: str
    created_at: datetime
    updated_at: datetime
    external_order_id: str | None = None
    customer_name: str | None = None
    customer_info: JsonObject = attrs.field(factory=dict)
    notes: str | None = None
    order_date: datetime | None = None
    due_date: datetime | None = None
    metadata: JsonObject = attrs.field(factory=dict)
    status: OrderStatus = OrderStatus.PENDING
    cancellation_reason: str | None = None
    items: list[OrderItem] = attrs.field(factory=list)

    def cancel(self, reason: str | None, at: datetime) -> bool:
        """Cancel softly; tell whether anything changed."""
        if self.status is OrderStatus.SHIPPED:
            raise RuleBroken(f"order {self.order_number} has shipped and can no longer be cancelled")
        if self.status is OrderStatus.CANCELLED:
            return False
        self.status = OrderStatus.CANCELLED
        self.cancellation_reason = reason
        self.updated_at = at
        return True

    def verify(self, sku: str, counted: int, at: datetime) -> None:
        """Set what was counted of a SKU, filling its lines in order, at most what was ordered."""
        self._refuse_closed("verified")
        lines = [item for item in self.items if item.sku_code == sku]
        if not lines:
            raise RuleBroken(f'order {self.order_number} has no line with the SKU "{sku}"')
        for line in lines:
            line.verified_quantity = min(line.quantity, counted)
            counted -= line.verified_quantity
        complete = all(item.verification_status is VerificationStatus.VERIFIED for item in self.items)
        self.status = OrderStatus.VERIFIED if complete else OrderStatus.IN_PROGRESS
        self.updated_at = at

    def ship(self, at: datetime) -> None:
        """Only a verified order ships."""
        if self.status is not OrderStatus.VERIFIED:
            raise RuleBroken(
                f"order {self.order_number} is {self.status}; only a verified order ships, so verify it first"
            )
        self.status = OrderStatus.SHIPPED
        self.updated_at = at

    def has_lines(self, lines: Iterable[tuple[str, int]]) -> bool:
        """Whether these are the SKUs and quantities it has, in order."""
        return [(item.sku_code, item.quantity) for item in self.items] == list(lines)

    def _refuse_closed(self, verb: str) -> None:
        if self.status in (OrderStatus.SHIPPED, OrderStatus.CANCELLED):
            raise RuleBroken(f"order {self.order_number} is {self.status} and can no longer be {verb}")


_ITEM_FIELDS = (
    Field(
        "sku_code", Kind.STRING, "SKU of an existing, active product.", "TENT-2P", required=True, min_length=1
    ),
    Field("quantity", Kind.INTEGER, "How many were ordered.", 2, required=True, minimum=1),
    Field("notes", Kind.STRING, "A note on this line.", "gift wrap", nullable=True),
    Field("id", Kind.UUID, "Our id of the line.", response_only=True),
    Field(
        "sku",
        Kind.OBJECT,
        "The product, by its SKU; not repeated in a partner's own language.",
        response_only=True,
        fields=(Field("sku", Kind.STRING, "The SKU.", "TENT-2P"),),
    ),
    Field("verified_quantity", Kind.INTEGER, "How many the warehouse has counted.", 0, response_only=True),
    Field(
        "verification_status",
        Kind.STRING,
        "How far the line has been counted.",
        "pending",
        response_only=True,
        choices=tuple(VerificationStatus),
    ),
)

ORDER_FIELDS = (
    Field(
        "order_number",
        Kind.STRING,
        "The number people see; unique per partner.",
        "PO-10042",
        required=True,
        fixed=True,
        min_length=1,
        max_length=255,
    ),
    Field(
        "external_order_id",
        Kind.STRING,
        "The sender's own id of the order; unique per partner.",
        "5409812340987",
        nullable=True,
        min_length=1,
        max_length=255,
    ),
    Field("customer_name", Kind.STRING, "Who ordered.", "Avery Quill", nullable=True),
    Field("customer_info", Kind.OBJECT, "What is known of the customer.", {"email": "avery@example.com"}),
    Field("notes", Kind.STRING, "A note on the order.", "leave at the side door", nullable=True),
    Field("order_date", Kind.DATETIME, "When it was ordered.", "2026-04-30T22:00:00Z", nullable=True),
    Field("due_date", Kind.DATETIME, "When it is due.", "2026-05-04T00:00:00Z", nullable=True),
    Field("metadata", Kind.OBJECT, "Whatever else the sender keeps with the order.", {"channel": "web"}),
    Field(
        "items",
        Kind.LIST,
        "The lines; a SKU may stand on several.",
        required=True,
        fixed=True,
        min_length=1,
        fields=_ITEM_FIELDS,
    ),
    Field("id", Kind.UUID, "Our id of the order.", response_only=True),
    Field(
        "status",
        Kind.STRING,
        "Where the order stands.",
        "pending",
        response_only=True,
        choices=tuple(OrderStatus),
    ),
    Field(
        "partner", Kind.STRING, "Slug of the partner that sent it.", "acme", response_only=True, nullable=True
    ),
    Field("cancellation_reason", Kind.STRING, "Why it was cancelled.", response_only=True, nullable=True),
    Field("created_at", Kind.DATETIME, "When we took it.", "2026-04-30T22:00:01Z", response_only=True),
    Field("updated_at", Kind.DATETIME, "When it last changed.", "2026-04-30T22:00:01Z", response_only=True),
)
