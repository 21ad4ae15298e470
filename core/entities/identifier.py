"""Identifiers: which field of a resource a URL's last segment names."""

import re

import attrs

from core.entities.fields import Kind
from core.entities.json import Json
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import BadSetting

_OPEN_FIELDS = ("metadata", "custom_fields", "customer_info")


@attrs.frozen
class IdentifierField:
    """A field of a resource, or a path into one of its open objects (`custom_fields.upc`)."""

    resource: Resource
    name: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.name, *self.path))


def identifier_field(resource: Resource, text: str) -> IdentifierField | None:
    """The field of the resource that the text names, or None."""
    name, *path = text.split(".")
    field = DESCRIPTIONS[resource].field(name)
    if field is None or not all(path):
        return None
    if path:
        return IdentifierField(resource, name, tuple(path)) if name in _OPEN_FIELDS else None
    return IdentifierField(resource, name) if field.kind in (Kind.STRING, Kind.UUID) else None


def check_identifier_field(resource: Resource, text: str) -> IdentifierField:
    """The same; BadSetting with what would be right if there is no such field."""
    field = identifier_field(resource, text)
    if field is None:
        names = [one.name for one in DESCRIPTIONS[resource].fields if one.kind in (Kind.STRING, Kind.UUID)]
        raise BadSetting(
            f'"{text}" identifies no {resource}: write one of {", ".join(names)}, '
            "or a path into an open object such as metadata.number"
        )
    return field


def resolve_identifier(resource: Resource, mapped: str | None, preferred: str | None) -> IdentifierField:
    """The mapping's field, else the partner's if the resource has it, else the platform's default."""
    if mapped is not None:
        return check_identifier_field(resource, mapped)
    default = DESCRIPTIONS[resource].identifier
    found = identifier_field(resource, preferred) if preferred is not None else None
    return found or IdentifierField(resource, default)


_WHOLE = re.compile(r"(-?\d+)\.0+", re.ASCII)


def text_of(value: Json) -> str | None:
    """A stored value as the text it is compared by: a text as it is, a number by its digits, else None."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or isinstance(value, list | dict):
        return None
    found = _WHOLE.fullmatch(str(value))
    return found[1] if found else str(value)
