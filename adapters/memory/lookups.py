"""Look-ups by a field, or by a path into an open object."""

from core.entities.identifier import IdentifierField, text_of
from core.entities.json import Json


def holds(record: object, field: IdentifierField, value: str) -> bool:
    """Whether the record's field equals the value as text."""
    found: Json = getattr(record, field.name)
    for name in field.path:
        found = found.get(name) if isinstance(found, dict) else None
    return text_of(found) == value
