"""The history checker: what was acknowledged is there, what was answered is logged, nothing is half there."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from tests.soak.answers import judge_answer
from tests.soak.faults import Fault, FaultKind
from tests.soak.history import Sent
from tests.soak.revisions import judge_revisions
from tests.soak.stored import KeptEntry, KeptOrder, Stored


@attrs.frozen
class Terms:
    """What a history is held to.

    `longest` is the most seconds that an answer may take. `killed`: the server was killed, so that requests
    may stay without an answer. `orderly`: it was told to end, so that what it carried out, it has answered.
    """

    longest: float = 25.0
    killed: bool = False
    orderly: bool = False


def judge(history: Sequence[Sent], stored: Stored, terms: Terms) -> list[Fault]:
    """Every promise that was broken."""
    entries: defaultdict[str, list[KeptEntry]] = defaultdict(list)
    for entry in stored.entries:
        entries[entry.request_id].append(entry)
    return [
        *(fault for sent in history for fault in judge_answer(sent, terms.longest)),
        *(fault for sent in history for fault in _judge_entry(sent, entries[sent.request_id], terms)),
        *_judge_creations(stored),
        *_judge_numbers(history, stored),
        *judge_revisions(history, stored),
    ]


def _judge_entry(sent: Sent, entries: Sequence[KeptEntry], terms: Terms) -> Iterator[Fault]:
    """An answered request has its entry, with exactly that answer; no request has two."""
    if len(entries) > 1:
        yield Fault(FaultKind.REPEATED, f"request {sent.request_id} has {len(entries)} entries")
    if not sent.answered:
        yield from _judge_unanswered(sent, entries, terms)
    elif sent.certain and not entries:
        told = f"request {sent.request_id} was answered with {sent.status} and is not in the log"
        yield Fault(FaultKind.UNLOGGED, told)
    elif sent.certain and _differs(sent, entries[0]):
        told = f"request {sent.request_id} was answered otherwise than the log says"
        yield Fault(FaultKind.DIFFERENT, told)


def _judge_unanswered(sent: Sent, entries: Sequence[KeptEntry], terms: Terms) -> Iterator[Fault]:
    if terms.orderly and entries:
        told = f"request {sent.request_id} was carried out and never answered"
        yield Fault(FaultKind.UNANSWERED, told)
    if not terms.killed and not terms.orderly:
        yield Fault(FaultKind.CUT, f"request {sent.request_id} got no answer from a server that lived")


def _differs(sent: Sent, entry: KeptEntry) -> bool:
    bodies = None not in (sent.body, entry.body)
    return entry.status != sent.status or (bodies and entry.body != sent.body)


def _judge_creations(stored: Stored) -> Iterator[Fault]:
    """An order has exactly one entry that tells its creation, and such an entry has all of its orders."""
    makers: defaultdict[str, list[str]] = defaultdict(list)
    for entry in stored.entries:
        if entry.creates_orders and entry.succeeded:
            for id in entry.record_ids:
                makers[id].append(entry.request_id)
    there = {order.id for order in stored.orders}
    for order in stored.orders:
        if len(makers[order.id]) != 1:
            told = f"order {order.number} is there, and {len(makers[order.id])} entries tell that it was made"
            yield Fault(FaultKind.HALF_WRITTEN, told)
    for id in makers.keys() - there:
        told = f"the entry of request {makers[id][0]} tells success, and its order {id} is not there"
        yield Fault(FaultKind.HALF_WRITTEN, told)


def _judge_numbers(history: Sequence[Sent], stored: Stored) -> Iterator[Fault]:
    """What the client was told to be there is there, once, with all lines; what was refused is not."""
    orders: defaultdict[str, list[KeptOrder]] = defaultdict(list)
    for order in stored.orders:
        orders[order.number].append(order)
    for sent in history:
        if sent.creates:
            found = [order for number in sent.numbers for order in orders.get(number, ())]
            yield from _judge_promise(sent, found)
            yield from _judge_wholeness(sent, found)


def _judge_promise(sent: Sent, found: Sequence[KeptOrder]) -> Iterator[Fault]:
    for number in set(sent.acknowledged) - {order.number for order in found}:
        yield Fault(FaultKind.LOST, f"order {number} was acknowledged to {sent.request_id} and is lost")
    if sent.ids and not set(sent.ids) <= {order.id for order in found}:
        told = f"orders {sent.numbers} are not the ones that were acknowledged"
        yield Fault(FaultKind.LOST, told)
    if len(found) > len(sent.numbers):
        yield Fault(FaultKind.REPEATED, f"orders {sent.numbers} are there {len(found)} times")


def _judge_wholeness(sent: Sent, found: Sequence[KeptOrder]) -> Iterator[Fault]:
    if sent.kind == "refused" and found:
        yield Fault(FaultKind.HALF_WRITTEN, f"order {sent.numbers[0]} was refused and is there")
    if 0 < len(found) < len(sent.numbers):
        yield Fault(FaultKind.HALF_WRITTEN, f"of the orders {sent.numbers} only {len(found)} are there")
    for order in found:
        if order.lines != sent.lines:
            told = f"order {order.number} has {order.lines} of {sent.lines} lines"
            yield Fault(FaultKind.HALF_WRITTEN, told)
