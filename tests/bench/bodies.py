"""The orders that are read, and what each contestant answers: it must be the same, but for ids and times."""

import json
import urllib.request
from pathlib import Path

from tests.bench.bare import CREATE, LIST, READ
from tests.bench.contestants import Contestant
from tests.bench.scenarios import ORDERS, STOCKED, order_body

_OF_ITS_OWN = ("id", "created_at", "updated_at", "next_cursor")
Bodies = dict[str, bytes]


def stock_orders(contestant: Contestant) -> Bodies:
    """Create the orders that are read, and return what is answered, by the name of the file that keeps it."""
    for number in range(STOCKED):
        created = _fetch(contestant, ORDERS, order_body(f"{number:09}"))
    contestant.created = STOCKED
    return {
        CREATE: created,
        READ: _fetch(contestant, f"{ORDERS}PO-{0:09}/"),
        LIST: _fetch(contestant, f"{ORDERS}?limit=50"),
    }


def keep(bodies: Bodies, folder: Path) -> None:
    """Put them where the bare routes read them."""
    for name, body in bodies.items():
        (folder / name).write_bytes(body)


def expect_same(name: str, ours: Bodies, theirs: Bodies) -> None:
    """RuntimeError unless the other's answers are ours, so that the same work is measured."""
    for file, body in ours.items():
        if comparable(json.loads(body)) != comparable(json.loads(theirs[file])):
            raise RuntimeError(f"{name} answers something else ({file}): {theirs[file][:2000]!r}")


def comparable(document: object) -> object:
    """The document with only the type of what every server gives out by itself."""
    if isinstance(document, list):
        return [comparable(one) for one in document]
    if not isinstance(document, dict):
        return document
    return {
        name: type(value).__name__ if name in _OF_ITS_OWN else comparable(value)
        for name, value in document.items()
    }


def _fetch(contestant: Contestant, path: str, body: str | None = None) -> bytes:
    headers = {"X-API-Key": contestant.key, "Content-Type": "application/json"}
    data = None if body is None else body.encode()
    contestant.answered += 1
    with urllib.request.urlopen(urllib.request.Request(contestant.url + path, data, headers)) as answer:
        content: bytes = answer.read()
        return content
