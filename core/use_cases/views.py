"""Records as the API shows them: every field listed, also the empty ones."""

from collections.abc import Sequence
from datetime import datetime

from core.entities.inventory import InventoryRecord
from core.entities.json import Json, JsonObject
from core.entities.location import Location
from core.entities.order import Order, OrderItem
from core.entities.product import Product
from core.entities.timestamp import show_time
from core.use_cases.inventory import LoadSummary


def order_view(order: Order, *, for_partner: bool = False) -> JsonObject:
    """An order with its lines; in a partner's language a line does not repeat `sku`."""
    return {
        "order_number": order.order_number,
        "external_order_id": order.external_order_id,
        "customer_name": order.customer_name,
        "customer_info": order.customer_info,
        "notes": order.notes,
        "order_date": _time(order.order_date),
        "due_date": _time(order.due_date),
        "metadata": order.metadata,
        "items": [_item_view(item, for_partner=for_partner) for item in order.items],
        "id": order.id,
        "status": order.status.value,
        "partner": order.partner,
        "cancellation_reason": order.cancellation_reason,
        "created_at": show_time(order.created_at),
        "updated_at": show_time(order.updated_at),
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else show_time(moment)


def _item_view(item: OrderItem, *, for_partner: bool) -> JsonObject:
    view: JsonObject = {
        "sku_code": item.sku_code,
        "quantity": item.quantity,
        "notes": item.notes,
        "id": item.id,
        "verified_quantity": item.verified_quantity,
        "verification_status": item.verification_status.value,
    }
    if not for_partner:
        view["sku"] = {"sku": item.sku_code}
    return view


def product_view(product: Product) -> JsonObject:
    """A product."""
    return {
        "sku": product.sku,
        "quantity": product.quantity,
        "is_active": product.is_active,
        "custom_fields": product.custom_fields,
        "id": product.id,
        "cost": None if product.cost is None else str(product.cost),
        "created_at": show_time(product.created_at),
        "updated_at": show_time(product.updated_at),
    }


def location_view(location: Location) -> JsonObject:
    """A location."""
    return {
        "code": location.code,
        "name": location.name,
        "zone": location.zone,
        "aisle": location.aisle,
        "metadata": location.metadata,
        "is_active": location.is_active,
        "id": location.id,
        "created_at": show_time(location.created_at),
        "updated_at": show_time(location.updated_at),
    }


def inventory_view(record: InventoryRecord) -> JsonObject:
    """The uniform row of both modes."""
    return {
        "location_code": record.location_code,
        "sku_code": record.sku_code,
        "quantity": record.quantity,
    }


def summary_view(summary: LoadSummary, places: Sequence[str]) -> JsonObject:
    """What became of a load's rows; `places` tell where each row stood in what was sent."""
    errors: list[Json] = [
        {
            "row": failed.row,
            "location_id": failed.location_id,
            "product_id": failed.product_id,
            "field": places[failed.row],
            "errors": {word: list[Json](messages) for word, messages in failed.errors.items()},
        }
        for failed in summary.failed
    ]
    return {
        "total": summary.total,
        "created": summary.created,
        "updated": summary.updated,
        "failed": len(errors),
        "errors": errors,
    }
