"""Good documents for every endpoint that takes one, and the places in them where hostile values go."""

import json
from collections.abc import Iterator
from typing import Any, Final

from core.entities.fields import Field, Kind
from core.entities.resource import DESCRIPTIONS, Resource
from tests.fuzz.stage import LOCATION, PAYLOADS, SKU

Steps = tuple[str | int, ...]
HERE: Final = "\u2042here\u2042"
"""Stands where a value goes that is put there as bytes."""
UNIQUE: Final = "\u2042unique\u2042"
"""Stands where each request says something else."""


def good(resource: Resource) -> dict[str, Any]:
    """What creates a record that is there once."""
    match resource:
        case Resource.ORDERS:
            return {"order_number": UNIQUE, "items": [{"sku_code": SKU, "quantity": 1}]}
        case Resource.PRODUCTS:
            return {"sku": UNIQUE}
        case Resource.LOCATIONS:
            return {"code": UNIQUE}
        case Resource.INVENTORY:
            return {"inventory": [{"location_code": LOCATION, "sku_code": SKU, "quantity": 1}]}


def shop_payload(resource: Resource) -> Any:
    """What Shopify sends, its numbers and SKUs ours."""
    text = (PAYLOADS / f"shopify_{resource.singular}_1.json").read_text("utf-8")
    return json.loads(text)


def places(resource: Resource, *, on_change: bool = False) -> Iterator[tuple[Steps, bool]]:
    """Every place of a resource's document, the whole one too, and whether a scalar is expected there."""
    yield (), False
    for field in DESCRIPTIONS[resource].fields:
        if field.response_only or (on_change and field.kind is Kind.LIST):
            continue
        yield (field.name,), field.kind is not Kind.LIST
        if field.kind is Kind.OBJECT:
            yield (field.name, "inside"), True
        if field.kind is Kind.LIST:
            yield (field.name, 0), False
            yield from (((field.name, 0, inner), True) for inner in _sent(field.fields))


def leaves(value: Any, above: Steps = ()) -> Iterator[Steps]:
    """Every place in a payload, containers before what they hold."""
    yield above
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, inner in members:
        yield from leaves(inner, (*above, step))


def with_value(document: Any, place: Steps, token: bytes) -> bytes:
    """The document with these bytes at the place."""
    marked = _put(document, place)
    return (
        json.dumps(marked, ensure_ascii=False)
        .encode()
        .replace(json.dumps(HERE, ensure_ascii=False).encode(), token)
    )


def _put(value: Any, place: Steps) -> Any:
    if not place:
        return HERE
    step, rest = place[0], place[1:]
    if isinstance(step, int):
        return [_put(inner, rest) if index == step else inner for index, inner in enumerate(value or [None])]
    inside = value if isinstance(value, dict) else {}
    return {**inside, step: _put(inside.get(step), rest)}


def _sent(fields: tuple[Field, ...]) -> list[str]:
    return [field.name for field in fields if not field.response_only]
