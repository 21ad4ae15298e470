"""Inventory: loading rows in bulk, each judged by itself."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import attrs

from core.entities.inventory import InventoryRecord, InventorySource
from core.entities.json import Json
from core.errors import ValidationFailed
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import InventoryLoad, InventoryRow
from core.use_cases.structuring import structure

LOCATION_NOT_FOUND = "Location not found"
PRODUCT_NOT_FOUND = "Product not found"
_WORDS = {
    "location_code": "location_id",
    "sku_code": "product_id",
    "quantity": "quantity",
    "expected_quantity": "expected_quantity",
}
_UNFOUND = {
    "location_code": ("location_id", LOCATION_NOT_FOUND),
    "sku_code": ("product_id", PRODUCT_NOT_FOUND),
}
NO_FAILURES: Mapping[int, Collection[str]] = MappingProxyType({})
RowErrors = dict[str, list[str]]


@attrs.frozen
class FailedRow:
    """A row that did not land and what is wrong in it, by the summary's own words."""

    row: int
    location_id: Json
    product_id: Json
    errors: RowErrors


@attrs.frozen
class LoadSummary:
    """What became of a load's rows."""

    total: int = 0
    created: int = 0
    updated: int = 0
    failed: Sequence[FailedRow] = ()


def load_inventory(
    work: UnitOfWork,
    command: InventoryLoad,
    failed_lookups: Mapping[int, Collection[str]] = NO_FAILURES,
    secret_members: Collection[str] = (),
) -> LoadSummary:
    """Keep the valid rows although others fail; of a pair sent twice the later counts, as an update.

    `failed_lookups` are the members of rows, by index, whose location or product could not be looked up;
    what stands in the `secret_members` of a row is not shown.
    """
    documents = command.inventory
    errors: dict[int, RowErrors] = {}
    read = [_read_row(document, index, errors, secret_members) for index, document in enumerate(documents)]
    for index, members in failed_lookups.items():
        for member in members:
            word, message = _UNFOUND.get(member, _UNFOUND["sku_code"])
            errors.setdefault(index, {})[word] = [message]
    _refuse_unknown(work, documents, errors)
    sound = {index: row for index, row in enumerate(read) if row is not None and index not in errors}
    _refuse_unexpected(work, sound, errors, secret_members)
    rows = [row for index, row in sound.items() if index not in errors]
    quantities = {row.pair: row.quantity for row in rows}
    created = work.inventory.put(_records(work, command, quantities)) if quantities else 0
    failed = [_failed(index, documents[index], errors[index], secret_members) for index in sorted(errors)]
    return LoadSummary(len(documents), created, len(rows) - created, failed)


def _read_row(
    document: Json, index: int, errors: dict[int, RowErrors], secret_members: Collection[str]
) -> InventoryRow | None:
    try:
        return structure(document, InventoryRow)
    except ValidationFailed as refusal:
        for problem in refusal.problems:
            member = str(problem.place[0]) if problem.place else ""
            masked = problem.masked if member in secret_members else None
            word = _WORDS.get(member, "row")
            errors.setdefault(index, {}).setdefault(word, []).append(masked or problem.message)
        return None


def _refuse_unknown(work: UnitOfWork, documents: Sequence[Json], errors: dict[int, RowErrors]) -> None:
    locations, products = _texts(documents, "location_code"), _texts(documents, "sku_code")
    known_locations = work.locations.known(set(locations.values()))
    known_products = work.products.activity_of(set(products.values()))
    for index, code in locations.items():
        if code not in known_locations:
            errors.setdefault(index, {})["location_id"] = [LOCATION_NOT_FOUND]
    for index, sku in products.items():
        if sku not in known_products:
            errors.setdefault(index, {})["product_id"] = [PRODUCT_NOT_FOUND]


def _refuse_unexpected(
    work: UnitOfWork,
    rows: Mapping[int, InventoryRow],
    errors: dict[int, RowErrors],
    secret_members: Collection[str],
) -> None:
    """A row that expects a stock must find it, as the rows before it leave it; no record is a stock of 0."""
    expecting = {row.pair for row in rows.values() if row.expected_quantity is not None}
    if not expecting:
        return
    stock = dict(work.inventory.quantities(expecting))
    for index, row in rows.items():
        found = stock.get(row.pair, 0)
        if row.expected_quantity in (None, found):
            stock[row.pair] = row.quantity
        else:
            expected = "another quantity" if "expected_quantity" in secret_members else row.expected_quantity
            message = f"expected {expected}, but {found} are in stock"
            errors[index] = {"expected_quantity": [message]}


def _texts(documents: Sequence[Json], member: str) -> dict[int, str]:
    """The member's text by row, where there is one, whatever else is wrong with the row."""
    return {
        index: text
        for index, document in enumerate(documents)
        if isinstance(document, dict) and isinstance(text := document.get(member), str)
    }


def _records(
    work: UnitOfWork, command: InventoryLoad, quantities: Mapping[tuple[str, str], int]
) -> list[InventoryRecord]:
    now = work.clock.now()
    source = InventorySource(command.source or InventorySource.BULK_IMPORT)
    ids = work.ids.new_ids(len(quantities))
    return [
        InventoryRecord(id, location, sku, quantity, now, now, source, command.notes)
        for id, ((location, sku), quantity) in zip(ids, quantities.items(), strict=True)
    ]


def _failed(index: int, document: Json, errors: RowErrors, secret_members: Collection[str]) -> FailedRow:
    row = document if isinstance(document, dict) else {}
    shown = {name: value for name, value in row.items() if name not in secret_members}
    return FailedRow(index, shown.get("location_code"), shown.get("sku_code"), errors)
