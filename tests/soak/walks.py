"""Cursor walks, and whether each saw what it had to see."""

import json
import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from urllib.parse import urlencode

import attrs

from tests.soak.faults import Fault, FaultKind
from tests.soak.wire import Wire


@attrs.frozen
class Listing:
    """A list that is walked: its path, its filter, and the members that name a row."""

    path: str
    names: tuple[str, ...]
    query: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Row:
    """What a walk saw of a record; inventory rows tell no time and no id."""

    name: str
    created_at: datetime = datetime.min
    id: str = ""


@attrs.frozen
class Walk:
    """One walk through a listing from its first page to its end; `refusal` is what ended it before."""

    listing: Listing
    rows: Sequence[Row]
    pages: int = 0
    refusal: str | None = None


async def take_walk(wire: Wire, listing: Listing, chance: random.Random) -> Walk:
    """Read page after page, each of a size of its own."""
    rows: list[Row] = []
    pages, cursor = 0, None
    while pages == 0 or cursor is not None:
        query = [*listing.query, ("limit", str(chance.randint(1, 40)))]
        query += [("cursor", cursor)] if cursor is not None else []
        answer = await wire.send("GET", f"{listing.path}?{urlencode(query)}")
        if answer is None or answer.status != 200:
            told = "no answer" if answer is None else f"{answer.status} {answer.body!r}"
            return Walk(listing, rows, pages, told)
        document = json.loads(answer.body)
        rows += [_row(record, listing) for record in document["data"]]
        cursor = document["pagination"]["next_cursor"]
        pages += 1
    return Walk(listing, rows, pages)


def judge_walk(walk: Walk, lasting: Collection[str], gone: Collection[str] = ()) -> Iterator[Fault]:
    """Every lasting record exactly once, no record twice, newest first, and nothing that had left before."""
    path = f"a walk through {walk.listing.path}"
    if walk.refusal is not None:
        yield Fault(FaultKind.UNEXPECTED, f"{path} ended with {walk.refusal}")
        return
    seen = Counter(row.name for row in walk.rows)
    for name, count in seen.items():
        if count > 1:
            yield Fault(FaultKind.REPEATED, f"{path} saw {name} {count} times")
    for name in lasting:
        if name not in seen:
            yield Fault(FaultKind.MISSED, f"{path} missed {name}")
    for name in gone:
        if name in seen:
            yield Fault(FaultKind.DISORDERED, f"{path} saw {name}, which had left before it began")
    places = [(row.created_at, row.id) for row in walk.rows]
    if places != sorted(places, reverse=True):
        yield Fault(FaultKind.DISORDERED, f"{path} was not newest first")


def _row(record: dict[str, str], listing: Listing) -> Row:
    name = "|".join(record[member] for member in listing.names)
    if "id" not in record:
        return Row(name)
    return Row(name, datetime.fromisoformat(record["created_at"]), record["id"])
