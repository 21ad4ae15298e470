"""What the memory storage holds: records by their keys."""

from datetime import datetime

import attrs

from core.entities.api_key import ApiKey
from core.entities.field_mapping import MappingVersion, Publication
from core.entities.idempotency import KeptOutcome
from core.entities.integration_log import KeyActivity, LogEntry
from core.entities.inventory import InventoryRecord
from core.entities.location import Location
from core.entities.order import Order
from core.entities.partner import Partner
from core.entities.product import Product
from core.entities.resource import Resource


@attrs.define(eq=False)
class State:
    """Every record; those in it are never changed, only replaced, so that copies may share them."""

    orders: dict[str, Order] = attrs.field(factory=dict)
    products: dict[str, Product] = attrs.field(factory=dict)
    locations: dict[str, Location] = attrs.field(factory=dict)
    inventory: dict[tuple[str, str], InventoryRecord] = attrs.field(factory=dict)
    partners: dict[str, Partner] = attrs.field(factory=dict)
    keys: dict[str, ApiKey] = attrs.field(factory=dict)
    key_activity: dict[str, KeyActivity] = attrs.field(factory=dict)
    unknown_keys: dict[tuple[str, datetime], str] = attrs.field(factory=dict)
    mappings: dict[tuple[str, Resource, int], MappingVersion] = attrs.field(factory=dict)
    publications: dict[tuple[str, Resource, int], Publication] = attrs.field(factory=dict)
    log: dict[str, LogEntry] = attrs.field(factory=dict)
    settings: dict[str, str] = attrs.field(factory=dict)
    outcomes: dict[str, KeptOutcome] = attrs.field(factory=dict)

    def copy(self) -> "State":
        """The same records, to be changed apart."""
        return State(**{field.name: dict(getattr(self, field.name)) for field in attrs.fields(State)})

    def become(self, other: "State") -> None:
        """Hold what the other holds."""
        for field in attrs.fields(State):
            setattr(self, field.name, getattr(other, field.name))
