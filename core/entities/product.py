"""A product: what a SKU stands for."""

from datetime import datetime
from decimal import Decimal

import attrs

from core.entities.fields import Field, Kind
from core.entities.json import JsonObject


@attrs.define(eq=False)
class Product:
    """A product; `quantity` is the on-hand figure reported for the SKU as a whole."""

    id: str
    sku: str
    created_at: datetime
    updated_at: datetime
    quantity: int = 0
    is_active: bool = True
    custom_fields: JsonObject = attrs.field(factory=dict)
    cost: Decimal | None = None


PRODUCT_FIELDS = (
    Field(
        "sku",
        Kind.STRING,
        "Stock keeping unit; unique.",
        "TENT-2P",
        required=True,
        fixed=True,
        min_length=1,
        max_length=255,
    ),
    Field(
        "quantity",
        Kind.INTEGER,
        "On-hand figure for the SKU as a whole, independent of the records per location.",
        12,
        default=0,
        minimum=0,
        clearable=False,
    ),
    Field(
        "is_active", Kind.BOOLEAN, "Whether it may be ordered.", example=True, default=True, clearable=False
    ),
    Field("custom_fields", Kind.OBJECT, "Whatever else the sender keeps with it.", {"upc": "012345678905"}),
    Field("id", Kind.UUID, "Our id of the product.", response_only=True),
    Field("cost", Kind.DECIMAL, "Cost, set internally.", "12.50", response_only=True, nullable=True),
    Field("created_at", Kind.DATETIME, "When we took it.", "2026-04-30T22:00:01Z", response_only=True),
    Field("updated_at", Kind.DATETIME, "When it last changed.", "2026-04-30T22:00:01Z", response_only=True),
)
