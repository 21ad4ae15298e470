"""A payload mapped in for a trial: the document, what validation would say, where each value came from."""

from collections.abc import Sequence
from types import MappingProxyType

import attrs

from core.entities.json import Json
from core.entities.resource import Resource
from core.errors import Problem, ValidationFailed
from core.mapping.mapping import Bulk, FieldMapping, Reading, ReadRecord
from core.mapping.masking import mask_secrets
from core.mapping.model import Lookup
from core.mapping.standing import Located
from core.mapping.unfilled import Unfilled
from core.use_cases.commands import InventoryLoad
from core.use_cases.record_calls import LocationCalls, OrderCalls, ProductCalls
from core.use_cases.structuring import structure
from core.use_cases.telling import in_partners_words
from core.use_cases.trial import Trial, TryMapping, traced

_CALLS: MappingProxyType[Resource, OrderCalls | ProductCalls | LocationCalls] = MappingProxyType(
    {
        Resource.ORDERS: OrderCalls(),
        Resource.PRODUCTS: ProductCalls(),
        Resource.LOCATIONS: LocationCalls(),
    }
)


def try_inward(command: TryMapping, mapping: FieldMapping, version: int | None, lookup: Lookup) -> Trial:
    """Map what the partner sends, and judge it as a call would."""
    reading = mapping.read(command.payload, partial=command.partial, lookup=lookup)
    about = (
        _bulk(reading, mapping)
        if command.resource is Resource.INVENTORY
        else _records(reading, command, mapping)
    )
    return attrs.evolve(
        about,
        document=_masked(about.document, mapping),
        findings=mapping.warnings,
        records=[
            traced(record.number if reading.several else None, record.explain(), record.base)
            for record in reading.records
        ],
        around=[Located((), place) for place in reading.ignored],
        mapping_version=version,
    )


def _records(reading: Reading, command: TryMapping, mapping: FieldMapping) -> Trial:
    values = [record.value for record in reading.records]
    return Trial(
        document=values[0] if len(values) == 1 else list[Json](values),
        errors=[error for record in reading.records for error in record.errors],
        invalid=[problem for record in reading.records for problem in _invalid(record, command, mapping)],
    )


def _bulk(reading: Reading, mapping: FieldMapping) -> Trial:
    bulk = reading.bulk()
    return Trial(
        document=bulk.value,
        errors=bulk.errors,
        invalid=_problems(bulk, InventoryLoad, mapping) if reading.records else (),
        failed_rows=[error for errors in bulk.failed_rows.values() for error in errors],
    )


def _masked(document: Json, mapping: FieldMapping) -> Json:
    if isinstance(document, list):
        return [mask_secrets(record, mapping.rules, "in") for record in document]
    return mask_secrets(document, mapping.rules, "in")


def _invalid(record: ReadRecord, command: TryMapping, mapping: FieldMapping) -> Sequence[Problem]:
    calls = _CALLS[command.resource]
    found = _problems(record, calls.change if command.partial else calls.new, mapping)
    if not command.partial:
        return found
    forbidden = calls.forbidden(record.value)
    return [*found, *(in_partners_words(problem, record, mapping) for problem in forbidden)]


def _problems(record: ReadRecord | Bulk, kind: type[object], mapping: FieldMapping) -> Sequence[Problem]:
    """What validation finds in a record, in the partner's words, but for what the mapping could not fill."""
    unfilled = Unfilled(record.errors)
    try:
        structure(record.value, kind)
    except ValidationFailed as refusal:
        return [
            in_partners_words(problem, record, mapping)
            for problem in refusal.problems
            if problem.code != "MISSING" or not unfilled.holds(problem.place)
        ]
    return []
