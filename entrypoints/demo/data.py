"""What the demo database holds: a shop for camping gear and the systems that talk to it, always the same."""

from collections.abc import Sequence
from typing import Literal

import attrs

from core.entities.json import Json, JsonObject

Who = Literal["demo", "acumatica", "sap", "shopify"]


@attrs.frozen
class DemoPartner:
    """A partner and the key it is given."""

    who: Who
    slug: str
    name: str
    template: str


@attrs.frozen
class Request:
    """One call of a partner's, in its own words."""

    who: Who
    method: str
    path: str
    document: Json = None


@attrs.frozen
class Count:
    """What the warehouse counted of an order's SKU."""

    order_number: str
    sku: str
    quantity: int


PARTNERS = (
    DemoPartner("acumatica", "northwind-erp", "Northwind Outdoors", "acumatica"),
    DemoPartner("sap", "alpine-sap", "Alpine Supply", "sap-business-one"),
    DemoPartner("shopify", "trail-shop", "Trail Shop", "shopify"),
)

_PRODUCTS = (
    ("TENT-2P", 40, "Two-person tent", 3001),
    ("TENT-4P", 12, "Family tent", 3002),
    ("STOVE-1", 85, "Gas stove", 3003),
    ("LAMP-3", 150, "Camping lamp", 3004),
    ("BAG-DOWN", 33, "Down sleeping bag", 3005),
    ("MAT-R4", 61, "Sleeping mat", 3006),
    ("POT-SET", 48, "Pot set", 3007),
    ("ROPE-30", 20, "Rope, 30 m", 3008),
    ("PACK-45", 27, "Backpack, 45 l", 3009),
    ("BOTTLE-1L", 210, "Bottle, 1 l", 3010),
    ("LANTERN-OLD", 3, "Oil lantern, discontinued", 3011),
)
_NAMES = {sku: name for sku, _, name, _ in _PRODUCTS}
_LOCATIONS: tuple[JsonObject, ...] = (
    {"code": "MAIN", "name": "Main warehouse", "zone": "A"},
    {"code": "WEB", "name": "Web shop", "zone": "B"},
    {"code": "WH/SHELF-01", "name": "Shelf beside the door", "zone": "A", "aisle": "1"},
)


def shopify_order(id: int, name: str, lines: Sequence[tuple[str, int]], **more: Json) -> JsonObject:
    """An order as Shopify sends it."""
    items: list[Json] = [
        {"sku": sku, "quantity": quantity, "current_quantity": quantity, "name": _NAMES.get(sku, "Unknown")}
        for sku, quantity in lines
    ]
    order: JsonObject = {"id": id, "name": name, "created_at": "2026-11-20T09:30:00+01:00", **more}
    return {"order": {**order, "line_items": items}}


def _plain_order(number: str, customer: str, lines: Sequence[tuple[str, int]], **more: Json) -> JsonObject:
    items: list[Json] = [{"sku_code": sku, "quantity": quantity} for sku, quantity in lines]
    return {"order_number": number, "customer_name": customer, **more, "items": items}


def _acumatica_order(number: str, lines: Sequence[tuple[str, Json]]) -> JsonObject:
    details: list[Json] = [
        {"rowNumber": row, "InventoryID": {"value": sku}, "OrderQty": {"value": quantity}}
        for row, (sku, quantity) in enumerate(lines, start=1)
    ]
    return {
        "id": f"7c9e6679-7425-40de-944b-{int(number[2:]):012}",
        "OrderType": {"value": "SO"},
        "OrderNbr": {"value": number},
        "CustomerID": {"value": "C000042"},
        "Date": {"value": "2026-11-20T00:00:00+00:00"},
        "Status": {"value": "Open"},
        "Description": {},
        "Details": details,
    }


def _sap_order(number: int, lines: Sequence[tuple[str, Json]]) -> JsonObject:
    items: list[Json] = [
        {
            "LineNum": row,
            "ItemCode": sku,
            "Quantity": quantity,
            "WarehouseCode": "01",
            "TreeType": "iNotATree",
        }
        for row, (sku, quantity) in enumerate(lines)
    ]
    return {
        "DocEntry": number + 7000,
        "DocNum": number,
        "DocDate": "2026-11-20",
        "DocDueDate": "2026-12-04",
        "CardCode": "C20000",
        "CardName": "Alpine Supply",
        "DocumentStatus": "bost_Open",
        "Cancelled": "tNO",
        "DocumentLines": items,
    }


def _product(sku: str, quantity: int, name: str, item: int) -> JsonObject:
    return {
        "sku": sku,
        "quantity": quantity,
        "custom_fields": {"name": name, "inventory_item_id": str(item)},
    }


def _stock() -> list[Json]:
    rows: list[Json] = []
    for sku, quantity, _, _ in _PRODUCTS:
        main = quantity * 2 // 3
        rows.append({"location_code": "MAIN", "sku_code": sku, "quantity": main})
        rows.append({"location_code": "WEB", "sku_code": sku, "quantity": quantity - main})
    return [*rows, {"location_code": "WH/SHELF-01", "sku_code": "ROPE-30", "quantity": 5}]


def requests() -> tuple[Request, ...]:
    """Every call that fills the demo, those that are refused among them."""
    products = [
        Request("demo", "POST", "products/", _product(sku, quantity, name, item))
        for sku, quantity, name, item in _PRODUCTS
    ]
    locations = [Request("demo", "POST", "locations/", document) for document in _LOCATIONS]
    return (
        *products,
        *locations,
        Request("demo", "POST", "inventory/", {"inventory": _stock(), "source": "initial_load"}),
        *_orders(),
        *_refused(),
        Request("demo", "DELETE", "products/LANTERN-OLD/"),
        Request("demo", "GET", "inventory/TENT-2P/?by=sku"),
        Request("shopify", "GET", "orders/%231002/"),
    )


def _orders() -> tuple[Request, ...]:
    orders: tuple[tuple[Who, JsonObject], ...] = (
        ("demo", _plain_order("PO-10041", "Avery Quill", [("TENT-2P", 1), ("STOVE-1", 1)])),
        ("demo", _plain_order("PO-10042", "Marlow Finch", [("LAMP-3", 4)], notes="leave at the side door")),
        ("demo", _plain_order("PO-10043", "Rowan Ash", [("BAG-DOWN", 2), ("MAT-R4", 2)])),
        ("acumatica", _acumatica_order("SO004711", [("TENT-4P", 2.0), ("POT-SET", 2.0)])),
        ("acumatica", _acumatica_order("SO004712", [("ROPE-30", 6.0)])),
        ("acumatica", _acumatica_order("SO004713", [("BOTTLE-1L", "24"), ("LAMP-3", "12")])),
        ("sap", _sap_order(5501, [("STOVE-1", 10.0), ("POT-SET", 5.0)])),
        ("sap", _sap_order(5502, [("PACK-45", 3.0)])),
        ("shopify", shopify_order(820982911946154501, "#1001", [("TENT-2P", 1)], note="a present")),
        ("shopify", shopify_order(820982911946154502, "#1002", [("BAG-DOWN", 1), ("MAT-R4", 1)])),
        ("shopify", shopify_order(820982911946154503, "#1003", [("BOTTLE-1L", 2)])),
    )
    return (
        *(Request(who, "POST", "orders/", order) for who, order in orders),
        Request("demo", "DELETE", "orders/PO-10043/", {"reason": "the customer changed their mind"}),
        Request("demo", "PATCH", "orders/PO-10041/", {"metadata": {"channel": "phone"}}),
    )


def _refused() -> tuple[Request, ...]:
    return (
        Request("demo", "POST", "orders/", _plain_order("PO-10041", "Avery Quill", [("TENT-2P", 1)])),
        Request("demo", "POST", "orders/", _plain_order("PO-10044", "Blair Moss", [("TENT-9P", 1)])),
        Request("shopify", "POST", "orders/", shopify_order(820982911946154504, "#1004", [("TENT-9P", 1)])),
        Request("acumatica", "POST", "orders/", _acumatica_order("SO004714", [("TENT-2P", "a few")])),
        Request("sap", "POST", "orders/", _sap_order(5503, [("STOVE-1", 2.5)])),
        Request("demo", "GET", "orders/PO-99999/"),
    )


COUNTS = (
    Count("SO004712", "ROPE-30", 4),
    Count("#1003", "BOTTLE-1L", 1),
    Count("5502", "PACK-45", 3),
    Count("SO004713", "BOTTLE-1L", 24),
    Count("SO004713", "LAMP-3", 12),
    Count("#1001", "TENT-2P", 1),
    Count("PO-10042", "LAMP-3", 4),
)
SHIPPED = ("#1001", "PO-10042")
