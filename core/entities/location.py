"""A location: a place that holds stock."""

from datetime import datetime

import attrs

from core.entities.fields import Field, Kind
from core.entities.json import JsonObject


@attrs.define(eq=False)
class Location:
    """A warehouse, a shelf or a bin, named by its code."""

    id: str
    code: str
    created_at: datetime
    updated_at: datetime
    name: str | None = None
    zone: str | None = None
    aisle: str | None = None
    metadata: JsonObject = attrs.field(factory=dict)
    is_active: bool = True


LOCATION_FIELDS = (
    Field(
        "code",
        Kind.STRING,
        "Code of the location; unique.",
        "WH/SHELF-01",
        required=True,
        fixed=True,
        min_length=1,
        max_length=255,
    ),
    Field("name", Kind.STRING, "What people call it.", "Main warehouse", nullable=True),
    Field("zone", Kind.STRING, "Zone in the building.", "A", nullable=True),
    Field("aisle", Kind.STRING, "Aisle in the zone.", "07", nullable=True),
    Field("metadata", Kind.OBJECT, "Whatever else the sender keeps with it.", {"floor": 2}),
    Field("is_active", Kind.BOOLEAN, "Whether it is in use.", example=True, default=True, clearable=False),
    Field("id", Kind.UUID, "Our id of the location.", response_only=True),
    Field("created_at", Kind.DATETIME, "When we took it.", "2026-04-30T22:00:01Z", response_only=True),
    Field("updated_at", Kind.DATETIME, "When it last changed.", "2026-04-30T22:00:01Z", response_only=True),
)
