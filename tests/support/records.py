"""Builders: records that are in order, with what a test cares about set by the test."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

import attrs

from core.entities.api_key import ApiKey
from core.entities.field_mapping import MappingVersion, Publication
from core.entities.idempotency import KeptOutcome, KeyedRequest
from core.entities.integration_log import KeyActivity, LogEntry, LogStatus
from core.entities.inventory import InventoryRecord, InventorySource
from core.entities.json import JsonObject
from core.entities.location import Location
from core.entities.order import Order, OrderItem
from core.entities.partner import Partner
from core.entities.product import Product
from core.entities.resource import Resource
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.clock import START

_numbers = count(1)


def _id() -> str:
    return f"01900000-0000-7000-8000-{next(_numbers):012d}"


def an_order(number: str = "PO-1", partner: str | None = None, **fields: object) -> Order:
    """An order without lines."""
    at = fields.pop("created_at", START)
    order = Order(_id(), partner, number, at, at)  # type: ignore[arg-type]  # a test sets a datetime
    for name, value in fields.items():
        setattr(order, name, value)
    return order


def an_item(sku: str = "TENT-2P", quantity: int = 1, notes: str | None = None) -> OrderItem:
    """A line that nobody has counted."""
    return OrderItem(_id(), sku, quantity, notes)


def a_product(sku: str = "TENT-2P", at: datetime = START, **fields: object) -> Product:
    """An active product."""
    return attrs.evolve(Product(_id(), sku, at, at), **fields)


def a_location(code: str = "WH/SHELF-01", at: datetime = START, **fields: object) -> Location:
    """An active location."""
    return attrs.evolve(Location(_id(), code, at, at), **fields)


def a_stock_record(
    location: str = "WH/SHELF-01", sku: str = "TENT-2P", quantity: int = 5, at: datetime = START
) -> InventoryRecord:
    """Some of a product at a location."""
    return InventoryRecord(_id(), location, sku, quantity, at, at, InventorySource.BULK_IMPORT)


def a_partner(slug: str = "acme", at: datetime = START, **fields: object) -> Partner:
    """An active partner."""
    return attrs.evolve(Partner(_id(), slug, slug.title(), "custom", at), **fields)


def a_key(name: str = "till", at: datetime = START, **fields: object) -> ApiKey:
    """A key that may do everything."""
    return attrs.evolve(ApiKey(_id(), name, f"hash of {name}", ("integrations.*",), at), **fields)


def a_mapping(
    version: int = 1, partner: str = "acme", resource: Resource = Resource.ORDERS, **fields: object
) -> MappingVersion:
    """A version of a mapping."""
    document: JsonObject = {"resource": resource.value, "rules": []}
    made = MappingVersion(partner, resource, version, document, f"hash {version}", START, "operator")
    return attrs.evolve(made, **fields)


def a_publication(
    version: int = 1, partner: str = "acme", resource: Resource = Resource.ORDERS, **fields: object
) -> Publication:
    """A version put into use."""
    return attrs.evolve(Publication(partner, resource, version, START, "operator"), **fields)


def an_entry(at: datetime = START, **fields: object) -> LogEntry:
    """The entry of a request that succeeded."""
    entry = LogEntry(
        id=_id(),
        received_at=at,
        request_id="req-1",
        partner=None,
        api_key="till",
        action="order/read",
        identifier="PO-1",
        method="GET",
        path="/api/integrations/v1/orders/PO-1/",
        response_status=200,
        status=LogStatus.SUCCESS,
        error_message=None,
        duration_ms=1.5,
    )
    return attrs.evolve(entry, **fields)


def an_activity(at: datetime = START, **fields: object) -> KeyActivity:
    """The refusal of a known key."""
    made = KeyActivity(_id(), at, "till", "API_KEY_REVOKED", "GET", "/api/integrations/v1/orders/", "req-1")
    return attrs.evolve(made, **fields)


def a_request(key: str = "r-1", body: bytes = b"{}") -> KeyedRequest:
    """A request under an idempotency key."""
    return KeyedRequest.of("1", key, "POST", "/api/integrations/v1/orders/", body)


def an_outcome(key: str = "r-1", at: datetime = START, **fields: object) -> KeptOutcome:
    """The outcome of such a request that succeeded."""
    headers = (("content-type", "application/json"),)
    return attrs.evolve(KeptOutcome(a_request(key), at, 201, headers, b"{}"), **fields)


def keep(transactions: Transactions, *records: object) -> None:
    """Keep records in one transaction, in the order given."""
    transactions.run(lambda work: [_add(work, record) for record in records])


def minutes(number: int) -> datetime:
    """So many minutes after the test clock's start."""
    return START + timedelta(minutes=number)


def ids_of(records: Sequence[Order | Product | Location | InventoryRecord]) -> list[str]:
    """Their ids, in order."""
    return [record.id for record in records]


def _add(work: UnitOfWork, record: object) -> None:
    match record:
        case Order():
            work.orders.add(record)
        case Product():
            work.products.add(record)
        case Location():
            work.locations.add(record)
        case InventoryRecord():
            work.inventory.put([record])
        case Partner():
            work.partners.add(record)
        case ApiKey():
            work.keys.add(record)
        case KeyActivity():
            work.key_activity.add(record)
        case MappingVersion():
            work.mappings.add(record)
        case Publication():
            work.mappings.publish(record)
        case LogEntry():
            work.log.add(record)
        case KeptOutcome():
            work.idempotency.keep(record)
        case _:
            raise TypeError(f"no repository for {record!r}")
