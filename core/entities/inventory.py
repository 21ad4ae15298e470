"""Inventory: how many of a product a location holds."""

import enum
from datetime import datetime

import attrs

from core.entities.fields import Field, Kind


class InventorySource(enum.StrEnum):
    """Why the figures changed."""

    BULK_IMPORT = "bulk_import"
    MANUAL_ADJUSTMENT = "manual_adjustment"
    ERP_SYNC = "erp_sync"
    INITIAL_LOAD = "initial_load"


@attrs.frozen
class InventoryRecord:
    """The quantity of a product at a location, keyed by both."""

    id: str
    location_code: str
    sku_code: str
    quantity: int
    created_at: datetime
    updated_at: datetime
    source: InventorySource
    notes: str | None = None


ROW_FIELDS = (
    Field("location_code", Kind.STRING, "Code of an existing location.", "WH/SHELF-01", required=True),
    Field("sku_code", Kind.STRING, "SKU of an existing product.", "TENT-2P", required=True),
    Field("quantity", Kind.INTEGER, "How many are there.", 12, required=True, minimum=0),
    Field(
        "expected_quantity",
        Kind.INTEGER,
        "How many you know to be there, 0 where nothing is stocked; the row fails if it is another number.",
        9,
        request_only=True,
        minimum=0,
    ),
)

INVENTORY_FIELDS = (
    Field(
        "inventory",
        Kind.LIST,
        "The rows, judged one by one.",
        required=True,
        min_length=1,
        fields=ROW_FIELDS,
    ),
    Field(
        "source",
        Kind.STRING,
        "Why the figures changed.",
        "erp_sync",
        default="bulk_import",
        choices=tuple(InventorySource),
    ),
    Field("notes", Kind.STRING, "A note on this load.", "nightly sync", nullable=True),
)
