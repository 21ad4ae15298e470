"""The records of one transaction, a repository per noun."""

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.inventory import InventoryRecord
from core.entities.location import Location
from core.entities.order import Order, OrderStatus
from core.entities.partner import Partner
from core.entities.product import Product


class OrderRepository(Protocol):
    """The orders of one transaction."""

    @abstractmethod
    def add(self, order: Order) -> None:
        """Keep a new order; OrderNumberTaken or ExternalOrderIdTaken within its partner.

        Uniqueness is the storage's constraint, told in this order; orders without a partner share one space.
        Every SKU must be known.
        """

    @abstractmethod
    def save(self, order: Order) -> None:
        """Keep the header, and of its lines what was verified; ExternalOrderIdTaken."""

    @abstractmethod
    def replace_items(self, order: Order) -> None:
        """Keep other lines instead of those it had."""

    @abstractmethod
    def by_number(self, partner: str | None, order_number: str) -> Order | None:
        """The partner's order with this number (None: of the orders without a partner)."""

    @abstractmethod
    def named(self, field: IdentifierField, value: str, partner: str | None) -> Sequence[Order]:
        """At most two orders whose field holds the value, compared as `identifier.text_of` tells.

        Those of the partner (None: without a partner) if it has any, else those of all.
        """

    @abstractmethod
    def numbered(self, order_number: str) -> Sequence[Order]:
        """Every partner's order with this number."""

    @abstractmethod
    def page(self, status: OrderStatus | None, after: Position | None, limit: int) -> Sequence[Order]:
        """At most `limit` orders with their lines, newest first by (created_at, id), after the position."""

    @abstractmethod
    def index(self, field: IdentifierField) -> None:
        """Make look-ups by this path fast; doing it again changes nothing."""


class ProductRepository(Protocol):
    """The products of one transaction."""

    @abstractmethod
    def add(self, product: Product) -> None:
        """Keep a new product; SkuTaken."""

    @abstractmethod
    def save(self, product: Product) -> None:
        """Keep what changed."""

    @abstractmethod
    def named(self, field: IdentifierField, value: str) -> Sequence[Product]:
        """At most two products, active or not, whose field holds the value, compared as text."""

    @abstractmethod
    def activity_of(self, skus: Collection[str]) -> Mapping[str, bool]:
        """Of these SKUs, those that exist, and whether each is active."""

    @abstractmethod
    def set_active(self, skus: Collection[str], *, active: bool, at: datetime) -> None:
        """Activate or deactivate many at once; those that change are updated `at`."""

    @abstractmethod
    def page(self, is_active: bool, after: Position | None, limit: int) -> Sequence[Product]:
        """At most `limit` products, newest first by (created_at, id), after the position."""

    @abstractmethod
    def index(self, field: IdentifierField) -> None:
        """Make look-ups by this path fast; doing it again changes nothing."""


class LocationRepository(Protocol):
    """The locations of one transaction."""

    @abstractmethod
    def add(self, location: Location) -> None:
        """Keep a new location; LocationCodeTaken."""

    @abstractmethod
    def save(self, location: Location) -> None:
        """Keep what changed."""

    @abstractmethod
    def named(self, field: IdentifierField, value: str) -> Sequence[Location]:
        """At most two locations, active or not, whose field holds the value, compared as text."""

    @abstractmethod
    def known(self, codes: Collection[str]) -> Collection[str]:
        """Of these codes, those that exist."""

    @abstractmethod
    def page(self, is_active: bool, after: Position | None, limit: int) -> Sequence[Location]:
        """At most `limit` locations, newest first by (created_at, id), after the position."""

    @abstractmethod
    def index(self, field: IdentifierField) -> None:
        """Make look-ups by this path fast; doing it again changes nothing."""


class InventoryRepository(Protocol):
    """The stock records of one transaction."""

    @abstractmethod
    def put(self, records: Iterable[InventoryRecord]) -> int:
        """Keep records of distinct (location_code, sku_code) pairs; return how many pairs are new.

        A known pair keeps its id and created_at. Locations and products must be known.
        """

    @abstractmethod
    def quantities(self, pairs: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
        """Of these (location_code, sku_code) pairs, those that have a record, and its quantity."""

    @abstractmethod
    def page(self, after: Position | None, limit: int) -> Sequence[InventoryRecord]:
        """At most `limit` records, newest first by (created_at, id), after the position."""

    @abstractmethod
    def at_location(self, code: str, after: Position | None, limit: int | None) -> Sequence[InventoryRecord]:
        """What the location holds, in the same order; all of it when `limit` is None."""

    @abstractmethod
    def of_product(self, sku: str, after: Position | None, limit: int | None) -> Sequence[InventoryRecord]:
        """Every location that holds the SKU, in the same order; all of them when `limit` is None."""


class PartnerRepository(Protocol):
    """The partners of one transaction."""

    @abstractmethod
    def add(self, partner: Partner) -> None:
        """Keep a new partner; NameTaken if its slug is in use."""

    @abstractmethod
    def save(self, partner: Partner) -> None:
        """Keep what changed."""

    @abstractmethod
    def get(self, slug: str) -> Partner | None:
        """The partner with this slug."""

    @abstractmethod
    def all(self) -> Sequence[Partner]:
        """Every partner, newest first."""
