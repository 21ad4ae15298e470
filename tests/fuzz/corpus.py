"""The corpus: every hostile thing at every place that takes it, in an order that a seed decides."""

import json
import random
from collections.abc import Iterator
from typing import Final

from adapters.http.api.operations import OPERATIONS, Operation
from core.entities.resource import Action, Resource
from tests.fuzz.asked import API, Asked
from tests.fuzz.broken_json import BROKEN
from tests.fuzz.documents import good, leaves, places, shop_payload, with_value
from tests.fuzz.hostile_values import REFUSED, VALUES
from tests.fuzz.hostile_wire import (
    HEADER_NAMES,
    HEADER_VALUES,
    PATHS,
    QUERIES,
    QUERY_VALUES,
    SEGMENTS,
    encoded,
)
from tests.fuzz.stage import LOCATION, SHOP, SKU

PLAIN: Final = "plain"
ORDER: Final = "FUZZ-1"
_KNOWN: Final = {
    Resource.ORDERS: encoded(ORDER),
    Resource.PRODUCTS: encoded(SKU),
    Resource.LOCATIONS: encoded(LOCATION),
    Resource.INVENTORY: encoded(LOCATION),
}
_PARAMETERS: Final = {
    Resource.ORDERS: ("limit", "cursor", "status", "upsert"),
    Resource.PRODUCTS: ("limit", "cursor", "is_active"),
    Resource.LOCATIONS: ("limit", "cursor", "is_active"),
    Resource.INVENTORY: ("limit", "cursor", "by"),
}
_REFUSED_STATUS: Final = frozenset({400})
_SHARE_OF_PAYLOADS: Final = 0.06


def corpus(seed: int) -> list[Asked]:
    """All requests; the same seed, the same requests in the same order."""
    chance = random.Random(seed)
    asked = [
        *broken_documents(),
        *hostile_fields(),
        *hostile_payloads(chance),
        *hostile_segments(),
        *hostile_queries(),
        *hostile_headers(),
        *hostile_paths(),
    ]
    chance.shuffle(asked)
    return [_order(), *asked]


def broken_documents() -> Iterator[Asked]:
    """JSON of every broken kind, at every endpoint that takes a body: always refused as what it is."""
    for operation in OPERATIONS:
        if not operation.has_body:
            continue
        for key in (PLAIN, SHOP):
            document = good(operation.resource) if key == PLAIN else shop_payload(operation.resource)
            sent = json.dumps(document, ensure_ascii=False).encode()
            for kind, breaking in BROKEN.items():
                yield _ask(operation, kind, key, body=breaking(sent), statuses=_REFUSED_STATUS)


def hostile_fields() -> Iterator[Asked]:
    """Every value in every field of our own schema."""
    for operation in OPERATIONS:
        if not operation.has_body or operation.action is Action.DELETE:
            continue
        on_change = operation.action is Action.UPDATE
        document = {} if on_change else good(operation.resource)
        for place, _ in places(operation.resource, on_change=on_change):
            for name, token in VALUES.items():
                yield _ask(
                    operation,
                    f"{name} at {place}",
                    PLAIN,
                    body=with_value(document, place, token),
                    statuses=_REFUSED_STATUS if name in REFUSED else frozenset(),
                    is_written=True,
                )


def hostile_payloads(chance: random.Random) -> Iterator[Asked]:
    """Values at places of a partner's own payloads: a share of all combinations, by chance."""
    for operation in OPERATIONS:
        if operation.action is not Action.CREATE:
            continue
        payload = shop_payload(operation.resource)
        for place in leaves(payload):
            for name, token in VALUES.items():
                if chance.random() < _SHARE_OF_PAYLOADS:
                    body = with_value(payload, place, token)
                    statuses = _REFUSED_STATUS if name in REFUSED else frozenset()
                    yield _ask(operation, f"{name} at {place}", SHOP, body=body, statuses=statuses)


def hostile_segments() -> Iterator[Asked]:
    """Identifiers that are hardly any."""
    for operation in OPERATIONS:
        if not operation.on_record:
            continue
        for key in (PLAIN, SHOP):
            for name, segment in SEGMENTS.items():
                body = b"{}" if operation.action is Action.UPDATE else None
                yield _ask(operation, name, key, segment=segment, body=body, is_logged=False)


def hostile_queries() -> Iterator[Asked]:
    """Every value for every parameter, and queries that are hardly any."""
    for operation in OPERATIONS:
        if operation.action not in (Action.LIST, Action.READ, Action.CREATE):
            continue
        queries = {
            f"{name} for {parameter}": parameter.encode()
            + b"="
            + value.replace(b"%(name)s", parameter.encode())
            for parameter in (*_PARAMETERS[operation.resource], "unknown")
            for name, value in QUERY_VALUES.items()
        }
        body = b"{}" if operation.action is Action.CREATE else None
        for name, query in {**queries, **QUERIES}.items():
            yield _ask(operation, name, PLAIN, query=b"?" + query, body=body, is_logged=False)


def hostile_headers() -> Iterator[Asked]:
    """Every value in every header, with a body and without."""
    for operation in OPERATIONS:
        if operation.resource is not Resource.PRODUCTS or operation.action not in (
            Action.LIST,
            Action.CREATE,
        ):
            continue
        body = b"{}" if operation.has_body else None
        for header in HEADER_NAMES:
            for name, value in HEADER_VALUES.items():
                line = header + b": " + value
                title = f"{name} in {header.decode()}"
                yield _ask(operation, title, PLAIN, headers=(line,), body=body, is_logged=False)


def hostile_paths() -> Iterator[Asked]:
    """Paths that lead nowhere, or only nearly."""
    for path in PATHS:
        for method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS", "TRACE", "FOO"):
            yield Asked("a path", PLAIN, method, path, is_logged=False)


def _order() -> Asked:
    document = {**good(Resource.ORDERS), "order_number": ORDER}
    return Asked("an order to hit", PLAIN, "POST", API + b"/orders/", body=json.dumps(document).encode())


def _ask(
    operation: Operation,
    what: str,
    key: str,
    *,
    segment: bytes | None = None,
    query: bytes = b"",
    headers: tuple[bytes, ...] = (),
    body: bytes | None = None,
    statuses: frozenset[int] = frozenset(),
    is_logged: bool = True,
    is_written: bool = False,
) -> Asked:
    target = f"{operation.collection}/".encode()
    if operation.on_record:
        target += (_KNOWN[operation.resource] if segment is None else segment) + b"/"
    return Asked(
        f"{operation.resource.singular}/{operation.action.word}: {what}",
        key,
        operation.methods[0],
        target + query,
        headers,
        body,
        statuses,
        is_logged,
        is_written,
    )
