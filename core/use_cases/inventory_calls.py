"""The calls on inventory: a bulk load, a listing, and what a location or a product has."""

from collections.abc import Sequence

from core.entities.cursor import Position
from core.entities.inventory import InventoryRecord
from core.entities.json import Json
from core.entities.resource import Resource
from core.use_cases.call import Answer, Call
from core.use_cases.caller import Caller
from core.use_cases.commands import InventoryLoad
from core.use_cases.inventory import LoadSummary, load_inventory
from core.use_cases.judging import body_of, judge, no_record
from core.use_cases.locations import find_location
from core.use_cases.products import find_product
from core.use_cases.queries import QueryReader
from core.use_cases.record_reading import paged
from core.use_cases.views import inventory_view, summary_view

_MODES = ("location", "sku")


def load_rows(caller: Caller, call: Call) -> Answer:
    """Load the payload's rows; the valid ones land although others fail."""
    QueryReader(call.query, call.strict).check()
    bulk = caller.language.read_bulk(body_of(call))
    caller.note(bulk.as_records)
    if not bulk.found:
        raise no_record()
    if bulk.nothing_to_do:
        return Answer(summary_view(LoadSummary(), ()))
    (command,) = judge(bulk.as_records, InventoryLoad, call)
    summary = load_inventory(caller.work, command, bulk.failed_lookups, bulk.secret_members)
    return Answer(summary_view(summary, bulk.row_places))


def list_rows(caller: Caller, call: Call) -> Answer:
    """A page of all rows, newest first."""
    query = QueryReader(call.query, call.strict)
    page = query.page(caller.signer, Resource.INVENTORY)
    query.check()
    records = caller.work.inventory.page(page.after, page.limit + 1)
    return paged(caller, page, records, lambda kept: _say(caller, kept))


def read_rows(caller: Caller, call: Call) -> Answer:
    """What a location holds, or every location that holds a SKU; paged only if that is asked for."""
    query = QueryReader(call.query, call.strict)
    by = query.choice("by", _MODES) or "location"
    wants_page = query.has("limit", "cursor")
    page = query.page(caller.signer, f"{Resource.INVENTORY}:{by}:{call.identifier}")
    query.check()
    records = _rows(caller, by, call.identifier or "", page.after, page.limit + 1 if wants_page else None)
    if not wants_page:
        return Answer(_say(caller, records))
    return paged(caller, page, records, lambda kept: _say(caller, kept))


def _rows(
    caller: Caller, by: str, value: str, after: Position | None, limit: int | None
) -> Sequence[InventoryRecord]:
    if by == "sku":
        product = find_product(caller.work, caller.identifier_field(Resource.PRODUCTS), value)
        return caller.work.inventory.of_product(product.sku, after, limit)
    location = find_location(caller.work, caller.identifier_field(Resource.LOCATIONS), value)
    return caller.work.inventory.at_location(location.code, after, limit)


def _say(caller: Caller, records: Sequence[InventoryRecord]) -> list[Json]:
    return list(caller.language.say_rows([inventory_view(record) for record in records]))
