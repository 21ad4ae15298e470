"""The orders that mappings are measured on, and their mappings."""

from typing import Any

Document = dict[str, Any]

PLAIN_MAPPING: Document = {
    "format": "datamingle.mapping/1",
    "resource": "orders",
    "rules": [
        {"partner": "po_number", "internal": "order_number", "type": "string", "required": True},
        {"partner": "buyer.code", "internal": "customer_code", "type": "string"},
        {"partner": "buyer.name", "internal": "customer_name", "type": "string"},
        {"partner": ["their_reference", "quote"], "internal": "reference"},
        {"partner": "currency_code", "internal": "currency", "default": "EUR"},
        {"partner": "state", "internal": "status", "values": [["new", "open"], ["held", "on_hold"]]},
        {"partner": "remarks", "internal": "notes", "nulls": "absent"},
        {
            "partner": "ship_to",
            "internal": "shipping",
            "rules": [
                {"partner": "street", "internal": "line1"},
                {"partner": "zip", "internal": "postal_code"},
                {"partner": "town", "internal": "city"},
                {"partner": "country", "internal": "country"},
            ],
        },
        {
            "partner": "rows[]",
            "internal": "items[]",
            "rules": [
                {"partner": "article", "internal": "sku_code", "type": "string", "required": True},
                {"partner": "count", "internal": "quantity", "type": "integer", "required": True},
                {"partner": "price", "internal": "unit_price", "type": "number"},
                {"partner": "text", "internal": "notes"},
            ],
        },
        {"internal": "metadata.source", "const": "shop"},
        {"partner": "channel", "internal": "metadata.channel"},
    ],
}

WRAPPED_MAPPING: Document = {
    "format": "datamingle.mapping/1",
    "resource": "orders",
    "wrap": "value",
    "unmapped": {"in": "pass", "out": "pass"},
    "rules": [
        {"partner": "OrderNbr", "internal": "order_number", "type": "string", "required": True},
        {"partner": "CustomerID", "internal": "customer_code", "type": "string"},
        {"partner": ["CustomerOrder", "ExternalRef"], "internal": "reference"},
        {"partner": "CurrencyID", "internal": "currency", "default": "USD"},
        {"partner": "Status", "internal": "status", "values": [["Open", "open"], ["On Hold", "on_hold"]]},
        {
            "partner": "ShipToAddress",
            "internal": "shipping",
            "rules": [
                {"partner": "City", "internal": "city"},
                {"partner": "PostalCode", "internal": "postal_code"},
                {"partner": "Country", "internal": "country"},
            ],
        },
        {
            "partner": "Details[]",
            "internal": "items[]",
            "rules": [
                {"partner": "rowNumber", "wrap": False, "internal": "line_number", "type": "integer"},
                {"partner": "InventoryID", "internal": "sku_code", "type": "string", "required": True},
                {
                    "partner": "OrderQty",
                    "internal": "quantity",
                    "type": "integer",
                    "as": "string",
                    "scale": 3,
                },
                {"partner": "UnitPrice", "internal": "unit_price", "type": "number"},
            ],
        },
        {"partner": "Details[0].WarehouseID", "internal": "warehouse"},
        {"internal": "metadata.source", "const": "acumatica"},
    ],
}


def plain_order(lines: int) -> Document:
    """An order as a shop would send it, with a field that no rule names."""
    return {
        "po_number": "PO-10042",
        "buyer": {"code": "C000042", "name": "Harbor Plumbing Supply"},
        "quote": "Q-77",
        "currency_code": "USD",
        "state": "held",
        "remarks": None,
        "ship_to": {"street": "800 Foundry Street", "zip": "45402", "town": "Dayton", "country": "US"},
        "rows": [
            {"article": f"SKU-{number}", "count": number + 1, "price": 12.5, "text": f"line {number}"}
            for number in range(lines)
        ],
        "channel": "web",
        "priority": 3,
    }


def wrapped_order() -> Document:
    """An order of an ERP that wraps every value."""
    return {
        "id": "4f1c",
        "rowNumber": 1,
        "note": {"value": ""},
        "OrderNbr": {"value": "SO004711"},
        "CustomerID": {"value": "C000042"},
        "ExternalRef": {"value": "PO-10042"},
        "Status": {"value": "On Hold"},
        "Description": {},
        "ShipToAddress": {"City": {"value": "Turku"}, "Country": {"value": "FI"}},
        "Details": [
            {
                "rowNumber": number + 1,
                "InventoryID": {"value": f"SKU-{number}"},
                "OrderQty": {"value": number + 1},
                "UnitPrice": {"value": 12.5},
                "WarehouseID": {"value": "MAIN"},
            }
            for number in range(3)
        ],
    }
