"""What a client asks for, structured: a command per verb and noun."""

import enum
from datetime import datetime
from typing import TypeVar

import attrs

from core.entities.json import Json, JsonObject

T = TypeVar("T")


class Unset(enum.Enum):
    """A field that was not sent."""

    UNSET = enum.auto()


UNSET = Unset.UNSET


@attrs.frozen
class NewOrderItem:
    """A line of a new order."""

    sku_code: str
    quantity: int
    notes: str | None = None


@attrs.frozen
class NewOrder:
    """An order to create."""

    order_number: str
    items: list[NewOrderItem]
    external_order_id: str | None = None
    customer_name: str | None = None
    customer_info: JsonObject | None = None
    notes: str | None = None
    order_date: datetime | None = None
    due_date: datetime | None = None
    metadata: JsonObject | None = None


@attrs.frozen
class OrderChange:
    """What to change in an order's header; None clears."""

    external_order_id: str | Unset | None = UNSET
    customer_name: str | Unset | None = UNSET
    customer_info: JsonObject | Unset | None = UNSET
    notes: str | Unset | None = UNSET
    order_date: datetime | Unset | None = UNSET
    due_date: datetime | Unset | None = UNSET
    metadata: JsonObject | Unset | None = UNSET


@attrs.frozen
class Cancellation:
    """Why an order is cancelled."""

    reason: str | None = None


@attrs.frozen
class Deactivation:
    """A product or location to deactivate; there is nothing to say about it."""


@attrs.frozen
class NewProduct:
    """A product to create."""

    sku: str
    quantity: int | None = None
    is_active: bool | None = None
    custom_fields: JsonObject | None = None


@attrs.frozen
class ProductChange:
    """What to change in a product; None clears."""

    quantity: int | Unset = UNSET
    is_active: bool | Unset = UNSET
    custom_fields: JsonObject | Unset | None = UNSET


@attrs.frozen
class NewLocation:
    """A location to create."""

    code: str
    name: str | None = None
    zone: str | None = None
    aisle: str | None = None
    metadata: JsonObject | None = None
    is_active: bool | None = None


@attrs.frozen
class LocationChange:
    """What to change in a location; None clears."""

    name: str | Unset | None = UNSET
    zone: str | Unset | None = UNSET
    aisle: str | Unset | None = UNSET
    metadata: JsonObject | Unset | None = UNSET
    is_active: bool | Unset = UNSET


@attrs.frozen
class InventoryLoad:
    """Rows to keep; they are judged one by one later."""

    inventory: list[Json]
    source: str | None = None
    notes: str | None = None


@attrs.frozen
class InventoryRow:
    """A row that is well formed."""

    location_code: str
    sku_code: str
    quantity: int
    expected_quantity: int | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """What its record is keyed by."""
        return self.location_code, self.sku_code
