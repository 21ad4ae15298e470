"""A resource's fields as seen from outside: the one source of validation, OpenAPI and the linter's schema."""

import enum
from collections.abc import Iterable

import attrs

from core.entities.json import Json, JsonObject


class Kind(enum.Enum):
    """The kind of a field's value, by its JSON Schema words."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATETIME = "datetime"
    DECIMAL = "decimal"
    UUID = "uuid"
    OBJECT = "object"
    LIST = "list"


@attrs.frozen(eq=False)
class Field:
    """One field: its kind, its bounds, and what a client may do with it."""

    name: str
    kind: Kind
    description: str
    example: Json = None
    required: bool = False
    fixed: bool = False
    clearable: bool = True
    response_only: bool = False
    request_only: bool = False
    nullable: bool = False
    default: Json = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: int | None = None
    choices: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()


_FORMATS: dict[Kind, JsonObject] = {
    Kind.STRING: {"type": "string"},
    Kind.INTEGER: {"type": "integer", "format": "int64"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
    Kind.DECIMAL: {"type": "string", "format": "decimal"},
    Kind.UUID: {"type": "string", "format": "uuid"},
    Kind.OBJECT: {"type": "object", "additionalProperties": True},
    Kind.LIST: {"type": "array"},
}


def field_schema(field: Field) -> JsonObject:
    """The JSON Schema of one field's value."""
    schema = dict(_FORMATS[field.kind])
    schema["description"] = field.description
    if field.example is not None:
        schema["examples"] = [field.example]
    if field.default is not None:
        schema["default"] = field.default
    if field.choices:
        schema["enum"] = list(field.choices)
    if field.response_only:
        schema["readOnly"] = True
    if field.request_only:
        schema["writeOnly"] = True
    if field.kind is Kind.LIST:
        schema["items"] = object_schema(field.fields)
    elif field.kind is Kind.OBJECT and field.fields:
        schema |= object_schema(field.fields)
    return schema | _bounds(field)


def object_schema(fields: Iterable[Field]) -> JsonObject:
    """The JSON Schema of an object with these fields."""
    fields = tuple(fields)
    properties: JsonObject = {field.name: field_schema(field) for field in fields}
    required: list[Json] = [field.name for field in fields if field.required]
    schema: JsonObject = {"type": "object", "properties": properties}
    return schema | {"required": required} if required else schema


def _bounds(field: Field) -> JsonObject:
    length = "Items" if field.kind is Kind.LIST else "Length"
    bounds: JsonObject = {}
    if field.min_length is not None:
        bounds[f"min{length}"] = field.min_length
    if field.max_length is not None:
        bounds[f"max{length}"] = field.max_length
    if field.minimum is not None:
        bounds["minimum"] = field.minimum
    return bounds
