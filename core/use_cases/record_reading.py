"""Reading one record or a page of them, in the caller's language."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from core.entities.cursor import Position
from core.entities.inventory import InventoryRecord
from core.entities.json import Json
from core.entities.location import Location
from core.entities.order import Order
from core.entities.product import Product
from core.use_cases.call import Answer, Call
from core.use_cases.caller import Caller
from core.use_cases.queries import Page, QueryReader
from core.use_cases.record_calls import C, N, R, RecordCalls
from core.use_cases.record_writing import find_record, say_record

L = TypeVar("L", Order, Product, Location, InventoryRecord)


def read_record(caller: Caller, call: Call, calls: RecordCalls[R, N, C]) -> Answer:
    """The record that the identifier names."""
    QueryReader(call.query, call.strict).check()
    return Answer(say_record(caller, calls, find_record(caller, call, calls)), is_record=True)


def list_records(caller: Caller, call: Call, calls: RecordCalls[R, N, C]) -> Answer:
    """A page of records, newest first."""
    query = QueryReader(call.query, call.strict)
    chosen = calls.filter(query)
    page = query.page(caller.signer, f"{calls.resource}:{chosen}")
    query.check()
    records = calls.page(caller.work, chosen, page.after, page.limit + 1)
    return paged(caller, page, records, lambda kept: [say_record(caller, calls, record) for record in kept])


def paged(
    caller: Caller, page: Page, records: Sequence[L], say: Callable[[Sequence[L]], Sequence[Json]]
) -> Answer:
    """The page's records of those found (one more than the page tells that there is a next)."""
    kept = records[: page.limit]
    cursor = None
    if len(records) > page.limit:
        last = kept[-1]
        cursor = caller.signer.write(Position(last.created_at, last.id), page.listing)
    return Answer(list(say(kept)), paged=True, limit=page.limit, next_cursor=cursor)
