"""What the calls on orders, products and locations do, each in its resource's way."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from core.entities.cursor import Position
from core.entities.fields import Field
from core.entities.identifier import IdentifierField
from core.entities.json import Json, JsonObject
from core.entities.location import Location
from core.entities.order import Order, OrderStatus
from core.entities.product import Product
from core.entities.resource import Resource
from core.errors import Problem
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import (
    Cancellation,
    Deactivation,
    LocationChange,
    NewLocation,
    NewOrder,
    NewProduct,
    OrderChange,
    ProductChange,
)
from core.use_cases.locations import create_location, deactivate_location, find_location, update_location
from core.use_cases.orders import cancel_order, create_order, find_order, update_lines, update_order
from core.use_cases.products import create_product, deactivate_product, find_product, update_product
from core.use_cases.queries import QueryReader
from core.use_cases.repeating import Places, lines_as_sent
from core.use_cases.structuring import CANCELLATION_FIELDS, structure
from core.use_cases.views import location_view, order_view, product_view

R = TypeVar("R", Order, Product, Location)
N = TypeVar("N", NewOrder, NewProduct, NewLocation)
C = TypeVar("C", OrderChange, ProductChange, LocationChange)


class RecordCalls(Protocol, Generic[R, N, C]):
    """The calls on one resource, with its records R, commands N to create and C to change."""

    resource: Resource
    new: type[N]
    change: type[C]
    deletion: type[object]
    deletion_fields: tuple[Field, ...]

    @abstractmethod
    def create(self, work: UnitOfWork, command: N, partner: str | None) -> R:
        """Take a new record."""

    @abstractmethod
    def find(self, work: UnitOfWork, field: IdentifierField, value: str, partner: str | None) -> R:
        """The record an identifier names."""

    @abstractmethod
    def same(self, work: UnitOfWork, command: N, partner: str | None) -> R | None:
        """The record that a new one would be a duplicate of."""

    @abstractmethod
    def update(self, work: UnitOfWork, record: R, change: C, *, replace: bool) -> R:
        """Change a record."""

    @abstractmethod
    def repeat(self, work: UnitOfWork, record: R, command: N, defaulted: Places) -> R:
        """What a record pushed again changes beyond its plain fields; nobody sent what was `defaulted`."""

    @abstractmethod
    def delete(self, work: UnitOfWork, record: R, document: Json) -> R:
        """Cancel or deactivate."""

    @abstractmethod
    def forbidden(self, document: Json) -> Sequence[Problem]:
        """What no update may send."""

    @abstractmethod
    def fixed(self, record: R) -> Mapping[str, str]:
        """The fields an update may only repeat, and their values."""

    @abstractmethod
    def filter(self, query: QueryReader) -> str:
        """The filter a listing asks for, as a text that names it."""

    @abstractmethod
    def page(self, work: UnitOfWork, chosen: str, after: Position | None, limit: int) -> Sequence[R]:
        """A page of the listing."""

    @abstractmethod
    def view(self, record: R, *, for_partner: bool) -> JsonObject:
        """The record as the API shows it."""


class OrderCalls(RecordCalls[Order, NewOrder, OrderChange]):
    """Orders: unique per partner, cancelled softly."""

    resource = Resource.ORDERS
    new, change = NewOrder, OrderChange
    deletion, deletion_fields = Cancellation, CANCELLATION_FIELDS

    def create(self, work: UnitOfWork, command: NewOrder, partner: str | None) -> Order:
        """Take an order."""
        return create_order(work, command, partner)

    def find(self, work: UnitOfWork, field: IdentifierField, value: str, partner: str | None) -> Order:
        """The caller's own first, then all."""
        return find_order(work, field, value, partner)

    def same(self, work: UnitOfWork, command: NewOrder, partner: str | None) -> Order | None:
        """The same partner's order with this number."""
        return work.orders.by_number(partner, command.order_number)

    def update(self, work: UnitOfWork, record: Order, change: OrderChange, *, replace: bool) -> Order:
        """Change the header."""
        return update_order(work, record, change, replace=replace)

    def repeat(self, work: UnitOfWork, record: Order, command: NewOrder, defaulted: Places) -> Order:
        """Lines may change while the order is pending."""
        return update_lines(work, record, lines_as_sent(command.items, record.items, defaulted))

    def delete(self, work: UnitOfWork, record: Order, document: Json) -> Order:
        """Cancel, with the reason if one is sent."""
        return cancel_order(work, record, structure(document, Cancellation).reason)

    def forbidden(self, document: Json) -> Sequence[Problem]:
        """The lines are fixed."""
        if isinstance(document, dict) and "items" in document:
            return [Problem(("items",), "FIXED", "cannot be changed; leave it out")]
        return ()

    def fixed(self, record: Order) -> Mapping[str, str]:
        """Its number."""
        return {"order_number": record.order_number}

    def filter(self, query: QueryReader) -> str:
        """By status."""
        return query.choice("status", tuple(OrderStatus)) or ""

    def page(self, work: UnitOfWork, chosen: str, after: Position | None, limit: int) -> Sequence[Order]:
        """Of one status, or all."""
        return work.orders.page(OrderStatus(chosen) if chosen else None, after, limit)

    def view(self, record: Order, *, for_partner: bool) -> JsonObject:
        """With its lines."""
        return order_view(record, for_partner=for_partner)


class ProductCalls(RecordCalls[Product, NewProduct, ProductChange]):
    """Products: unique by SKU, deactivated softly."""

    resource = Resource.PRODUCTS
    new, change = NewProduct, ProductChange
    deletion, deletion_fields = Deactivation, ()

    def create(self, work: UnitOfWork, command: NewProduct, partner: str | None) -> Product:
        """Take a product."""
        return create_product(work, command)

    def find(self, work: UnitOfWork, field: IdentifierField, value: str, partner: str | None) -> Product:
        """Active or not."""
        return find_product(work, field, value)

    def same(self, work: UnitOfWork, command: NewProduct, partner: str | None) -> Product | None:
        """The product with this SKU."""
        return next(iter(work.products.named(IdentifierField(self.resource, "sku"), command.sku)), None)

    def update(self, work: UnitOfWork, record: Product, change: ProductChange, *, replace: bool) -> Product:
        """Change its fields."""
        return update_product(work, record, change, replace=replace)

    def repeat(self, work: UnitOfWork, record: Product, command: NewProduct, defaulted: Places) -> Product:
        """Nothing more."""
        return record

    def delete(self, work: UnitOfWork, record: Product, document: Json) -> Product:
        """Deactivate."""
        return deactivate_product(work, record)

    def forbidden(self, document: Json) -> Sequence[Problem]:
        """Nothing as such."""
        return ()

    def fixed(self, record: Product) -> Mapping[str, str]:
        """Its SKU."""
        return {"sku": record.sku}

    def filter(self, query: QueryReader) -> str:
        """Active ones unless said otherwise."""
        return str(query.truth("is_active", default=True)).lower()

    def page(self, work: UnitOfWork, chosen: str, after: Position | None, limit: int) -> Sequence[Product]:
        """Active or inactive ones."""
        return work.products.page(chosen == "true", after, limit)

    def view(self, record: Product, *, for_partner: bool) -> JsonObject:
        """The same for all."""
        return product_view(record)


class LocationCalls(RecordCalls[Location, NewLocation, LocationChange]):
    """Locations: unique by code, deactivated softly."""

    resource = Resource.LOCATIONS
    new, change = NewLocation, LocationChange
    deletion, deletion_fields = Deactivation, ()

    def create(self, work: UnitOfWork, command: NewLocation, partner: str | None) -> Location:
        """Take a location."""
        return create_location(work, command)

    def find(self, work: UnitOfWork, field: IdentifierField, value: str, partner: str | None) -> Location:
        """Active or not."""
        return find_location(work, field, value)

    def same(self, work: UnitOfWork, command: NewLocation, partner: str | None) -> Location | None:
        """The location with this code."""
        return next(iter(work.locations.named(IdentifierField(self.resource, "code"), command.code)), None)

    def update(
        self, work: UnitOfWork, record: Location, change: LocationChange, *, replace: bool
    ) -> Location:
        """Change its fields."""
        return update_location(work, record, change, replace=replace)

    def repeat(self, work: UnitOfWork, record: Location, command: NewLocation, defaulted: Places) -> Location:
        """Nothing more."""
        return record

    def delete(self, work: UnitOfWork, record: Location, document: Json) -> Location:
        """Deactivate."""
        return deactivate_location(work, record)

    def forbidden(self, document: Json) -> Sequence[Problem]:
        """Nothing as such."""
        return ()

    def fixed(self, record: Location) -> Mapping[str, str]:
        """Its code."""
        return {"code": record.code}

    def filter(self, query: QueryReader) -> str:
        """Active ones unless said otherwise."""
        return str(query.truth("is_active", default=True)).lower()

    def page(self, work: UnitOfWork, chosen: str, after: Position | None, limit: int) -> Sequence[Location]:
        """Active or inactive ones."""
        return work.locations.page(chosen == "true", after, limit)

    def view(self, record: Location, *, for_partner: bool) -> JsonObject:
        """The same for all."""
        return location_view(record)
