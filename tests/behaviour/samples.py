"""Documents for scenarios that do not say more, and the recorded payloads of partner systems."""

import json
from pathlib import Path

from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from tests.behaviour.tables import Table, document

SKU, LOCATION = "TENT", "MAIN"
_PAYLOADS = Path(__file__).parents[1] / "payloads"
_RESOURCES = {"order": Resource.ORDERS, "product": Resource.PRODUCTS, "location": Resource.LOCATIONS}


def record(resource: Resource, name: str, table: Table = ()) -> Json:
    """A record that is complete, with what the table says on top."""
    start: JsonObject = {DESCRIPTIONS[resource].identifier: name}
    if resource is Resource.ORDERS:
        start["items"] = [{"sku_code": SKU, "quantity": 2}]
    return document(table, start)


def load(*rows: JsonObject) -> JsonObject:
    """A load of inventory with these rows."""
    return {"inventory": list(rows)}


def row(location: str = LOCATION, sku: str = SKU, quantity: int = 5) -> JsonObject:
    """A row of inventory."""
    return {"location_code": location, "sku_code": sku, "quantity": quantity}


def recorded(name: str) -> tuple[Resource, Json]:
    """What a partner system really sent, and what it is."""
    kind = name.split("_")[1]
    payload: Json = json.loads((_PAYLOADS / f"{name}.json").read_bytes())
    return _RESOURCES.get(kind, Resource.INVENTORY), payload
