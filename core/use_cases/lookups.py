"""Our own records as a mapping's look-ups see them: by a value they carry, or by their natural key."""

import attrs

from core.entities.identifier import IdentifierField, check_identifier_field, text_of
from core.entities.json import Json
from core.entities.location import Location
from core.entities.product import Product
from core.entities.resource import DESCRIPTIONS, Resource
from core.ports.unit_of_work import UnitOfWork


@attrs.define
class RecordLookup:
    """Looks records up within one transaction, each value once."""

    work: UnitOfWork
    _keys: dict[tuple[str, str, str], str | None] = attrs.field(factory=dict, init=False)
    _fields: dict[tuple[str, str], IdentifierField] = attrs.field(factory=dict, init=False)

    def find(self, resource: str, by: str, value: Json) -> str | None:
        """The natural key of the only record whose field equals the value as text."""
        text = text_of(value)
        if text is None:
            return None
        asked = (resource, by, text)
        if asked not in self._keys:
            found = self._named(self._field(resource, by), text)
            self._keys[asked] = _natural_key(found[0]) if len(found) == 1 else None
        return self._keys[asked]

    def value_of(self, resource: str, by: str, key: str) -> Json:
        """What the record with this natural key carries in the field."""
        field = self._field(resource, by)
        found = self._named(self._field(resource, DESCRIPTIONS[Resource(resource)].identifier), key)
        value: Json = getattr(found[0], field.name) if found else None
        for name in field.path:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def _named(self, field: IdentifierField, text: str) -> list[Product | Location]:
        if field.resource is Resource.PRODUCTS:
            return list(self.work.products.named(field, text))
        return list(self.work.locations.named(field, text))

    def _field(self, resource: str, by: str) -> IdentifierField:
        if (resource, by) not in self._fields:
            self._fields[resource, by] = check_identifier_field(Resource(resource), by)
        return self._fields[resource, by]


def _natural_key(record: Product | Location) -> str:
    return record.sku if isinstance(record, Product) else record.code
