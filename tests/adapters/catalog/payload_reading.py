"""Payloads through a template, mapping and validation together, as a call reads them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

import attrs
import pytest

from core.entities.json import Json
from core.entities.resource import DESCRIPTIONS, Action, Resource
from core.errors import Problem, Refusal
from core.mapping.mapping import load
from core.mapping.model import Lookup
from core.use_cases.call import Call
from core.use_cases.commands import (
    InventoryLoad,
    LocationChange,
    NewLocation,
    NewOrder,
    NewProduct,
    OrderChange,
    ProductChange,
)
from core.use_cases.judging import judge
from core.use_cases.languages import MappedLanguage
from core.use_cases.received import Received, ReceivedRecords
from tests.adapters.catalog.payload_cases import TEMPLATES, Case

CREATE: Mapping[Resource, type[object]] = {
    Resource.ORDERS: NewOrder,
    Resource.PRODUCTS: NewProduct,
    Resource.LOCATIONS: NewLocation,
    Resource.INVENTORY: InventoryLoad,
}
CHANGE: Mapping[Resource, type[object]] = {
    Resource.ORDERS: OrderChange,
    Resource.PRODUCTS: ProductChange,
    Resource.LOCATIONS: LocationChange,
}


@attrs.frozen
class Stock(Lookup):
    """Products by the value they carry."""

    sku_by_value: Mapping[str, str]

    def find(self, resource: str, by: str, value: Json) -> str | None:
        """The SKU of the product that carries this value."""
        assert (resource, by) == ("products", "custom_fields.inventory_item_id")
        return self.sku_by_value.get(str(value))

    def value_of(self, resource: str, by: str, key: str) -> Json:
        """What the product carries."""
        return next((value for value, sku in self.sku_by_value.items() if sku == key), None)


@attrs.frozen
class Read:
    """What came of a payload: documents, the places to blame, the rows that failed by themselves."""

    documents: Sequence[Json]
    problems: Sequence[Problem] = ()
    failed_rows: Sequence[str] = ()

    @property
    def blamed(self) -> list[str | None]:
        """The places to blame, sorted."""
        return sorted(problem.sent_as or "" for problem in self.problems)


def language(system: str, resource: Resource, lookups: Mapping[str, str] | None = None) -> MappedLanguage:
    """The system's language for the resource."""
    mapping = _mapping(system, resource)
    return MappedLanguage(resource, mapping, Stock(lookups or {}), pytest.fail)


def read(case: Case) -> Read:
    """Map a case's payload in and judge it."""
    speaker = language(case.system, case.resource, case.lookups)
    if case.resource is not Resource.INVENTORY:
        records = speaker.read(case.sends, partial=case.partial).records
        return Read([record.value for record in records], _judged(records, case))
    bulk = speaker.read_bulk(case.sends)
    if bulk.nothing_to_do:
        return Read([])
    failed = [bulk.row_places[row] for row in bulk.failed_lookups]
    return Read([bulk.record.value], _judged([bulk.record], case), failed)


@cache
def _mapping(system: str, resource: Resource) -> object:
    return load(TEMPLATES.get(system).mappings[resource], DESCRIPTIONS[resource].schema())


def _judged(records: Sequence[Received], case: Case) -> Sequence[Problem]:
    """What mapping and validation say of the records, in the partner's words."""
    call = Call(case.resource, Action.CREATE, "r", datetime(2026, 1, 1, tzinfo=UTC), "POST", "/", None)
    try:
        judge(ReceivedRecords(records), (CHANGE if case.partial else CREATE)[case.resource], call)
    except Refusal as refusal:
        return refusal.problems
    return ()
