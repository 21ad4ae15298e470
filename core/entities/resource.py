"""The four resources of the API: their words, fields and verbs."""

import enum
from types import MappingProxyType

import attrs

from core.entities.fields import Field, object_schema
from core.entities.inventory import INVENTORY_FIELDS, ROW_FIELDS
from core.entities.json import JsonObject
from core.entities.location import LOCATION_FIELDS
from core.entities.order import ORDER_FIELDS
from core.entities.product import PRODUCT_FIELDS


class Resource(enum.StrEnum):
    """A resource, by its word in paths and scopes."""

    ORDERS = "orders"
    PRODUCTS = "products"
    LOCATIONS = "locations"
    INVENTORY = "inventory"

    @property
    def singular(self) -> str:
        """Its word in the log's actions (`order/create`)."""
        return self.value.removesuffix("s")


class Verb(enum.StrEnum):
    """What a scope allows."""

    READ = "read"
    WRITE = "write"
    DELETE = "delete"


class Action(enum.Enum):
    """What a call does, and the verb its key needs."""

    CREATE = ("create", Verb.WRITE)
    READ = ("read", Verb.READ)
    LIST = ("list", Verb.READ)
    UPDATE = ("update", Verb.WRITE)
    DELETE = ("delete", Verb.DELETE)
    OPTIONS = ("options", Verb.READ)

    def __init__(self, word: str, verb: Verb) -> None:
        self.word = word
        self.verb = verb


@attrs.frozen
class ResourceDescription:
    """A resource's fields and the field that identifies its records by default."""

    fields: tuple[Field, ...]
    identifier: str

    def schema(self) -> JsonObject:
        """The JSON Schema of what is sent and answered, response-only fields marked `readOnly`."""
        return object_schema(self.fields)

    def field(self, name: str) -> Field | None:
        """The field of this name, or None."""
        return next((field for field in self.fields if field.name == name), None)


DESCRIPTIONS = MappingProxyType(
    {
        Resource.ORDERS: ResourceDescription(ORDER_FIELDS, "order_number"),
        Resource.PRODUCTS: ResourceDescription(PRODUCT_FIELDS, "sku"),
        Resource.LOCATIONS: ResourceDescription(LOCATION_FIELDS, "code"),
        Resource.INVENTORY: ResourceDescription(INVENTORY_FIELDS, "location_code"),
    }
)
INVENTORY_ROW = object_schema(ROW_FIELDS)
