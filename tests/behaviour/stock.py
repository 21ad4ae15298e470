"""Records that are simply there, made past the partners' way in."""

from collections.abc import Sequence

import attrs

from core.entities.json import Json
from core.entities.order import Order, OrderStatus
from core.entities.resource import Resource
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.commands import InventoryLoad, NewLocation, NewOrder, NewProduct
from core.use_cases.inventory import load_inventory
from core.use_cases.locations import create_location
from core.use_cases.orders import cancel_order, create_order, find_order_by_number, ship_order, verify_order
from core.use_cases.products import create_product
from core.use_cases.structuring import structure
from tests.behaviour.samples import LOCATION, SKU, record, row


@attrs.frozen
class Stock:
    """Makes records unless they are there."""

    transactions: Transactions

    def product(self, sku: str, *, active: bool = True) -> None:
        """A product with this SKU."""
        self.transactions.run(lambda work: _know_product(work, sku, active=active))

    def location(self, code: str, *, active: bool = True) -> None:
        """A location with this code."""
        self.transactions.run(lambda work: _know_location(work, code, active=active))

    def order(self, partner: str | None, document: Json) -> None:
        """An order, and the products of its lines."""
        command = structure(document, NewOrder)
        for line in command.items:
            self.product(line.sku_code)
        self.transactions.run(lambda work: create_order(work, command, partner))

    def holding(self, code: str, sku: str, quantity: int) -> None:
        """So many of a product at a location."""
        self.location(code)
        self.product(sku)
        command = InventoryLoad([row(code, sku, quantity)])
        self.transactions.run(lambda work: load_inventory(work, command))

    def several(self, resource: Resource, partner: str | None, names: Sequence[str]) -> None:
        """A record of each name, one after another."""
        for name in names:
            match resource:
                case Resource.ORDERS:
                    self.order(partner, record(resource, name))
                case Resource.PRODUCTS:
                    self.product(name)
                case Resource.LOCATIONS:
                    self.location(name)
                case Resource.INVENTORY:
                    self.holding(LOCATION, name, 1)

    def bring(self, number: str, status: OrderStatus) -> None:
        """Take an order to a status, the way the warehouse does."""
        self.transactions.run(lambda work: _bring(work, find_order_by_number(work, number, None), status))


def _know_product(work: UnitOfWork, sku: str, *, active: bool) -> None:
    if not work.products.activity_of([sku]):
        create_product(work, NewProduct(sku, is_active=active))


def _know_location(work: UnitOfWork, code: str, *, active: bool) -> None:
    if not work.locations.known([code]):
        create_location(work, NewLocation(code, is_active=active))


def _bring(work: UnitOfWork, order: Order, status: OrderStatus) -> None:
    match status:
        case OrderStatus.IN_PROGRESS:
            verify_order(work, order, SKU, 1)
        case OrderStatus.VERIFIED | OrderStatus.SHIPPED:
            for item in order.items:
                verify_order(work, order, item.sku_code, sum(line.quantity for line in order.items))
        case OrderStatus.CANCELLED:
            cancel_order(work, order, None)
        case OrderStatus.PENDING:
            pass
    if status is OrderStatus.SHIPPED:
        ship_order(work, order)
    assert order.status is status
