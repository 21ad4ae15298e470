"""The history checker: what was acknowledged is there, what was answered is logged, nothing is half there."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from core.entities.integration_log import LogEntry, LogFilter, LogStatus
from core.entities.order import Order
from core.ports.unit_of_work import UnitOfWork
from tests.soak.history import Sent
from tests.soak.writers import LOCATION

_EVERYTHING = 10**9


@attrs.frozen
class Stored:
    """What the storage holds after a kill, as far as these requests are concerned."""

    entries: Mapping[str, LogEntry]
    repeated: Sequence[str]
    orders: Mapping[str, Order]
    stock: Mapping[str, int]

    @classmethod
    def read(cls, work: UnitOfWork, history: Iterable[Sent]) -> "Stored":
        """Load every entry and every order that the history names."""
        summaries = list(work.log.recent(LogFilter(), _EVERYTHING))
        counted = Counter(entry.request_id for entry in summaries)
        ids = {entry.request_id: entry.id for entry in summaries}
        asked = [sent.request_id for sent in history if sent.request_id in ids]
        entries = {request_id: found for request_id in asked if (found := work.log.get(ids[request_id]))}
        numbers = {number for sent in history for number in sent.numbers}
        orders = {number: found[0] for number in numbers if (found := work.orders.numbered(number))}
        rows = work.inventory.at_location(LOCATION, None, None)
        return cls(
            entries=entries,
            repeated=[request_id for request_id, count in counted.items() if count > 1],
            orders=orders,
            stock={row.sku_code: row.quantity for row in rows},
        )


def judge(history: Sequence[Sent], stored: Stored) -> list[str]:
    """Every promise that was broken, as a sentence."""
    return [
        *(f"request {request_id} has several entries" for request_id in stored.repeated),
        *(fault for sent in history for fault in _judge_entry(sent, stored.entries.get(sent.request_id))),
        *(fault for sent in history for fault in _judge_orders(sent, stored)),
        *_judge_revisions(history, stored),
    ]


def _judge_entry(sent: Sent, entry: LogEntry | None) -> Iterator[str]:
    if not sent.answered:
        return
    if entry is None:
        yield f"request {sent.request_id} was answered with {sent.status} and is not in the log"
    elif (entry.response_status, entry.response_body) != (sent.status, sent.body):
        yield f"request {sent.request_id} was answered otherwise than the log says"


def _judge_orders(sent: Sent, stored: Stored) -> Iterator[str]:
    """All orders of a creation are there, with all lines, exactly when its entry says success."""
    if sent.kind not in ("order", "batch", "refused"):
        return
    entry = stored.entries.get(sent.request_id)
    succeeded = entry is not None and entry.status is LogStatus.SUCCESS
    if sent.status == 201 and not succeeded:
        yield f"request {sent.request_id} was acknowledged, but its entry tells no success"
    for number in sent.numbers:
        order = stored.orders.get(number)
        if (order is not None) != succeeded:
            there = "is there" if order is not None else "is lost"
            yield f"order {number} {there}, its entry says {entry and entry.status}"
        elif order is not None and len(order.items) != sent.lines:
            yield f"order {number} has {len(order.items)} of {sent.lines} lines"
    if sent.kind == "order" and sent.status == 201 and sent.body is not None:
        yield from _judge_acknowledged(json.loads(sent.body)["data"], stored.orders.get(sent.numbers[0]))


def _judge_acknowledged(told: Mapping[str, object], order: Order | None) -> Iterator[str]:
    if order is not None and told["id"] != order.id:
        yield f"order {order.order_number} is not the one that was acknowledged"


def _judge_revisions(history: Sequence[Sent], stored: Stored) -> Iterator[str]:
    """A place changed again and again holds the last acknowledged value, or one sent after it."""
    changes: dict[tuple[str, str], list[Sent]] = {}
    for sent in history:
        if sent.kind == "notes":
            changes.setdefault(("notes", sent.numbers[0]), []).append(sent)
        elif sent.kind == "stock":
            changes.setdefault(("stock", sent.request_id.rpartition("-")[0]), []).append(sent)
    for (kind, place), sequence in changes.items():
        last = max((sent.revision for sent in sequence if sent.status == 200), default=None)
        allowed = {sent.revision for sent in sequence if sent.status is None or sent.revision == last}
        found = _found(kind, place, stored)
        if last is not None and found not in allowed:
            yield f"{kind} of {place} is {found}, acknowledged was {last}"


def _found(kind: str, place: str, stored: Stored) -> int | None:
    if kind == "stock":
        return stored.stock.get(place)
    order = stored.orders.get(place)
    return int(order.notes) if order is not None and order.notes else None
