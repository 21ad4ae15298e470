"""The schemas of what is sent and answered, from the one description of each resource."""

from collections.abc import Iterable
from typing import Final

from core.entities.fields import Field, Kind, field_schema
from core.entities.inventory import ROW_FIELDS
from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource

INT64: Final = (-(2**63), 2**63 - 1)
_AN_ID = "0198d1f0-5c1e-7a53-9c2b-6f0d3a8e4b71"
TEXT = "^[^\\u0000]*$"
"""What a text matches that may be sent: no database could keep U+0000."""
OPEN: JsonObject = {
    "propertyNames": {"pattern": TEXT},
    "additionalProperties": {"$ref": "#/components/schemas/Json"},
}
_NAMES = {Resource.ORDERS: "Order", Resource.PRODUCTS: "Product", Resource.LOCATIONS: "Location"}


def name_of(resource: Resource) -> str:
    """What the schema of one record is called."""
    return _NAMES.get(resource, "InventoryRow")


def reference(name: str) -> JsonObject:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def record_schemas() -> JsonObject:
    """Of every resource: a record as it is answered, created and changed."""
    schemas: JsonObject = {}
    for resource, name in _NAMES.items():
        fields = DESCRIPTIONS[resource].fields
        schemas[name] = answered(fields)
        schemas[f"{name}Create"] = created(fields)
        schemas[f"{name}Update"] = changed(fields)
    schemas["Json"] = _any_json()
    schemas["InventoryRow"] = answered(ROW_FIELDS)
    schemas["InventoryLoad"] = created(DESCRIPTIONS[Resource.INVENTORY].fields)
    return schemas


def answered(fields: Iterable[Field]) -> JsonObject:
    """A record in a response: every field, also the empty ones."""
    fields = tuple(field for field in fields if not field.request_only)
    properties: JsonObject = {field.name: _answered_field(field) for field in fields}
    names: list[Json] = [field.name for field in fields]
    return _object(properties, names, {field.name: example_of(field) for field in fields})


def created(fields: Iterable[Field]) -> JsonObject:
    """A record to be created: null is the same as not sent."""
    sent = [field for field in fields if not field.response_only]
    properties: JsonObject = {field.name: _sent_field(field, field.required) for field in sent}
    names: list[Json] = [field.name for field in sent if field.required]
    return _sent_object(properties, names, {field.name: example_of(field) for field in sent})


def changed(fields: Iterable[Field]) -> JsonObject:
    """What changes in a record: fields that are not sent stay as they are, null clears."""
    sent = [field for field in fields if not field.response_only and not field.fixed]
    properties: JsonObject = {field.name: _sent_field(field, not field.clearable) for field in sent}
    return _sent_object(properties, [], {field.name: example_of(field) for field in sent[:2]})


def example_of(field: Field) -> Json:
    """A value the field may have."""
    if field.example is not None:
        return field.example
    if field.kind is Kind.LIST:
        return [_members(field)]
    if field.kind is Kind.OBJECT:
        return _members(field)
    return _AN_ID if field.kind is Kind.UUID else None


def _members(field: Field) -> JsonObject:
    return {inner.name: example_of(inner) for inner in field.fields}


def _answered_field(field: Field) -> JsonObject:
    schema = field_schema(field)
    if field.kind is Kind.LIST:
        schema["items"] = answered(field.fields)
    return _nullable(schema) if field.nullable else schema


def _sent_field(field: Field, never_null: bool) -> JsonObject:
    schema = field_schema(field)
    match field.kind:
        case Kind.LIST:
            schema["items"] = created(field.fields)
        case Kind.OBJECT:
            schema |= OPEN
        case Kind.STRING if not field.choices:
            schema["pattern"] = TEXT
        case Kind.INTEGER:
            schema = {"maximum": INT64[1], **schema}
        case _:
            pass
    return schema if never_null else _nullable(schema)


def _nullable(schema: JsonObject) -> JsonObject:
    nullable: JsonObject = {**schema, "type": [schema["type"], "null"]}
    choices = schema.get("enum")
    return {**nullable, "enum": [*choices, None]} if isinstance(choices, list) else nullable


def _any_json() -> JsonObject:
    """What may be sent where anything may, told as far as JSON Schema can."""
    return {
        "description": "Any JSON value: whole numbers within 64 bits, no U+0000, at most 64 levels deep.",
        "minimum": INT64[0],
        "maximum": INT64[1],
        "pattern": TEXT,
        "items": reference("Json"),
        **OPEN,
    }


def _sent_object(properties: JsonObject, required: list[Json], example: JsonObject) -> JsonObject:
    """Members that are no fields are ignored, but they too must be such JSON."""
    return {**_object(properties, required, example), **OPEN}


def _object(properties: JsonObject, required: list[Json], example: JsonObject) -> JsonObject:
    schema: JsonObject = {"type": "object", "properties": properties, "examples": [example]}
    return {**schema, "required": required} if required else schema
