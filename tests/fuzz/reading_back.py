"""What is read back is what was sent, field by field."""

import json
from collections.abc import Iterator
from typing import Any

from core.entities.fields import Field, Kind
from core.entities.resource import DESCRIPTIONS, Resource
from core.entities.timestamp import read_time
from tests.fuzz.asked import API, Asked
from tests.fuzz.hostile_wire import encoded


def resource_of(asked: Asked) -> Resource:
    """The resource that a request of the API is about."""
    return Resource(asked.target.removeprefix(API + b"/").partition(b"/")[0].decode())


def address_of(asked: Asked, data: Any) -> bytes:
    """Where the record of a successful answer is read."""
    if asked.method != "POST":
        return asked.target.partition(b"?")[0]
    resource = resource_of(asked)
    if resource is Resource.INVENTORY:
        row = json.loads(asked.body or b"")["inventory"][0]
        return API + b"/inventory/" + encoded(row["location_code"]) + b"/"
    return API + f"/{resource}/".encode() + encoded(data[DESCRIPTIONS[resource].identifier]) + b"/"


def is_kept(asked: Asked, data: Any) -> bool:
    """Whether a success kept anything: a row of stock may have failed by itself."""
    return resource_of(asked) is not Resource.INVENTORY or data["failed"] == 0


def unlike(asked: Asked, before: Any, read: Any) -> Iterator[str]:
    """Where the record that is read is not what was sent; `before` is what it was."""
    sent, resource = json.loads(asked.body or b""), resource_of(asked)
    if resource is Resource.INVENTORY:
        row = sent["inventory"][0]
        if not any(all(same(row[name], one[name]) for name in ("sku_code", "quantity")) for one in read):
            yield f"the row {row} is not among {read}"[:500]
        return
    for field in DESCRIPTIONS[resource].fields:
        if field.name in sent and not field.response_only:
            old = before[field.name] if before is not None else None
            wanted = expected(field, sent[field.name], old, asked.method)
            if not agrees(field, wanted, read[field.name]):
                yield f"{field.name}: {wanted!r} is read as {read[field.name]!r}"[:500]


def expected(field: Field, sent: Any, before: Any, method: str) -> Any:
    """What a field holds after it was sent."""
    if sent is None:
        return {} if field.kind is Kind.OBJECT else field.default
    if field.kind is Kind.OBJECT and method == "PATCH":
        return merged(before, sent)
    return sent


def merged(old: Any, patch: Any) -> Any:
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(old) if isinstance(old, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def agrees(field: Field, wanted: Any, found: Any) -> bool:
    """Whether a field's value is what was wanted."""
    if field.kind is Kind.DATETIME and isinstance(wanted, str):
        return read_time(wanted) == read_time(found)
    if field.kind is Kind.LIST:
        names = [inner.name for inner in field.fields if not inner.response_only]
        pairs = zip(wanted, found, strict=True)
        return all(same(line.get(name), kept[name]) for line, kept in pairs for name in names)
    return same(wanted, found)


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: `1.0` is the integer 1, true is no number."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)
