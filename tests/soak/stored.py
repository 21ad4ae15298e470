"""What a storage holds, as far as the judge needs it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import attrs

from core.entities.cursor import Position
from core.entities.integration_log import LogEntry, LogFilter, LogStatus
from core.entities.order import Order
from core.ports.unit_of_work import UnitOfWork
from tests.soak.payloads import LOCATION

EVERYTHING = 10**9
_PAGE = 500
EVER = datetime.min.replace(tzinfo=UTC)


@attrs.frozen
class KeptOrder:
    """An order; `lines` is how many it has."""

    id: str
    number: str
    lines: int
    notes: str | None = None


@attrs.frozen
class KeptEntry:
    """An entry of the log; `body` is None where the bodies were not asked for."""

    request_id: str
    status: int
    succeeded: bool
    creates_orders: bool
    record_ids: tuple[str, ...] = ()
    body: bytes | None = None


@attrs.frozen
class Stored:
    """What was kept since a moment, seen at one moment."""

    entries: Sequence[KeptEntry]
    orders: Sequence[KeptOrder]
    stock: Mapping[str, int] = attrs.field(factory=dict)

    @classmethod
    def read(cls, work: UnitOfWork, since: datetime = EVER, *, bodies: bool = True) -> "Stored":
        """Read what was made since then, to be run in one reading transaction."""
        summaries = list(work.log.recent(LogFilter(since=since), EVERYTHING))
        entries = [work.log.get(entry.id) or entry for entry in summaries] if bodies else summaries
        rows = work.inventory.at_location(LOCATION, None, None)
        return cls(
            entries=[_kept_entry(entry) for entry in entries],
            orders=list(_orders(work, since)),
            stock={row.sku_code: row.quantity for row in rows},
        )


def _orders(work: UnitOfWork, since: datetime) -> Iterator[KeptOrder]:
    after: Position | None = None
    while page := work.orders.page(None, after, _PAGE):
        for order in page:
            if order.created_at < since:
                return
            yield _kept_order(order)
        after = Position(page[-1].created_at, page[-1].id)


def _kept_order(order: Order) -> KeptOrder:
    return KeptOrder(order.id, order.order_number, len(order.items), order.notes)


def _kept_entry(entry: LogEntry) -> KeptEntry:
    ids = entry.record_ids or ()
    return KeptEntry(
        request_id=entry.request_id,
        status=entry.response_status,
        succeeded=entry.status is LogStatus.SUCCESS,
        creates_orders=entry.action == "order/create",
        record_ids=(ids,) if isinstance(ids, str) else tuple(ids),
        body=entry.response_body,
    )
