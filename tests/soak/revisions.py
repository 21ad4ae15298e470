"""A place that is changed again and again: it never falls behind what was acknowledged."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.soak.faults import Fault, FaultKind
from tests.soak.history import Sent
from tests.soak.stored import Stored


def judge_revisions(history: Sequence[Sent], stored: Stored) -> Iterator[Fault]:
    """Each place holds the last acknowledged value, or one of unknown outcome that was sent after it."""
    notes = {order.number: order.notes for order in stored.orders}
    changes: defaultdict[tuple[str, str], list[Sent]] = defaultdict(list)
    for sent in history:
        if sent.place:
            changes[sent.kind, sent.place].append(sent)
    for (kind, place), sequence in changes.items():
        found = stored.stock.get(place) if kind == "stock" else _number(notes.get(place))
        last = max((sent.revision for sent in sequence if sent.status == 200), default=None)
        allowed = {last} | {sent.revision for sent in sequence if not sent.certain and _follows(sent, last)}
        if found not in allowed:
            told = f"{kind} of {place} is {found}, acknowledged was {last}"
            yield Fault(FaultKind.BEHIND, told)


def _follows(sent: Sent, last: int | None) -> bool:
    return last is None or sent.revision > last


def _number(text: str | None) -> int | None:
    return int(text) if text else None
