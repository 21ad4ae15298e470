"""What the clients of a soak send, and where."""

from core.entities.json import JsonObject

ROOT = "/api/integrations/v1"
ORDERS = f"{ROOT}/orders/"
PRODUCTS = f"{ROOT}/products/"
LOCATIONS = f"{ROOT}/locations/"
INVENTORY = f"{ROOT}/inventory/"
SKUS = tuple(f"SKU-{number}" for number in range(20))
LOCATION = "SOAK"


def an_order(number: str, sku: str = SKUS[0], lines: int = 2) -> JsonObject:
    """An order of one SKU on so many lines."""
    return {
        "order_number": number,
        "customer_name": "Avery Quill",
        "items": [{"sku_code": sku, "quantity": line + 1} for line in range(lines)],
    }


def a_stock_load(sku: str, quantity: int, location: str = LOCATION) -> JsonObject:
    """One row of inventory."""
    return {"inventory": [{"location_code": location, "sku_code": sku, "quantity": quantity}]}
