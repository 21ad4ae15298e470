"""A partner's mapping tried on a payload: what it would make of it; nothing is written."""

from collections.abc import Sequence
from types import MappingProxyType

import attrs

from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import Problem, ValidationFailed
from core.mapping.mapping import Bulk, FieldMapping, Reading, ReadRecord, load
from core.mapping.model import MappingError
from core.mapping.paths import show
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import InventoryLoad, NewLocation, NewOrder, NewProduct
from core.use_cases.lookups import RecordLookup
from core.use_cases.partners import find_partner
from core.use_cases.speech import Mappings
from core.use_cases.structuring import structure

_COMMANDS: MappingProxyType[Resource, type[object]] = MappingProxyType(
    {
        Resource.ORDERS: NewOrder,
        Resource.PRODUCTS: NewProduct,
        Resource.LOCATIONS: NewLocation,
        Resource.INVENTORY: InventoryLoad,
    }
)


@attrs.frozen
class Trial:
    """What the mapping makes of a payload, what it refuses, and what validation would find beyond that.

    One record gives one object, several an array in their order; inventory is always one bulk document, of
    which `failed_rows` name a product that does not exist.
    """

    document: Json
    errors: Sequence[MappingError]
    invalid: Sequence[Problem]
    mapping_version: int | None
    failed_rows: Sequence[MappingError] = ()


def try_mapping(work: UnitOfWork, mappings: Mappings, slug: str, resource: Resource, payload: Json) -> Trial:
    """Map the payload in with the version in use; look-ups are answered from our records."""
    partner = find_partner(work, slug)
    version, mapping = mappings.current(work, partner.slug, resource) or (None, _plain(resource))
    reading = mapping.read(payload, lookup=RecordLookup(work))
    if resource is Resource.INVENTORY:
        return _bulk_trial(reading, version)
    return Trial(
        document=_one_or_several([record.value for record in reading.records]),
        errors=[error for record in reading.records for error in record.errors],
        invalid=[problem for record in reading.records for problem in _invalid(record, resource)],
        mapping_version=version,
    )


def _bulk_trial(reading: Reading, version: int | None) -> Trial:
    bulk = reading.bulk()
    return Trial(
        document=bulk.value,
        errors=bulk.errors,
        invalid=_invalid(bulk, Resource.INVENTORY) if reading.records else (),
        mapping_version=version,
        failed_rows=tuple(bulk.failed_rows.values()),
    )


def _plain(resource: Resource) -> FieldMapping:
    """A mapping without rules: the partner speaks our own language."""
    document: JsonObject = {"format": "datamingle.mapping/1", "resource": resource.value, "rules": []}
    return load(document, DESCRIPTIONS[resource].schema())


def _one_or_several(values: Sequence[Json]) -> Json:
    return values[0] if len(values) == 1 else list(values)


def _invalid(record: ReadRecord | Bulk, resource: Resource) -> Sequence[Problem]:
    """What validation finds in a record, in the partner's words, but for what the mapping could not fill."""
    unfilled = {place for error in record.errors for place in error.internal}
    try:
        structure(record.value, _COMMANDS[resource])
    except ValidationFailed as refusal:
        return [
            _translated(problem, record)
            for problem in refusal.problems
            if problem.code != "MISSING" or show(problem.place) not in unfilled
        ]
    return []


def _translated(problem: Problem, record: ReadRecord | Bulk) -> Problem:
    found = record.place_of(problem.place)
    return attrs.evolve(problem, sent_as=found.field, pointer=found.pointer)
