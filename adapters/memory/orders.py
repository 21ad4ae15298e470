"""Orders in memory."""

from collections.abc import Callable, Sequence
from copy import deepcopy

from adapters.memory.listing import page_of
from adapters.memory.lookups import holds
from adapters.memory.state import State
from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.order import Order, OrderItem, OrderStatus
from core.errors import ExternalOrderIdTaken, OrderNumberTaken
from core.ports.repositories import OrderRepository


class MemoryOrderRepository(OrderRepository):
    """The orders of one transaction."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, order: Order) -> None:
        """Keep a new order; OrderNumberTaken or ExternalOrderIdTaken within its partner."""
        if self.by_number(order.partner, order.order_number) is not None:
            raise OrderNumberTaken
        self._refuse_taken_external_id(order)
        self._refuse_unknown_skus(order)
        self._keep(order, order.items)

    def save(self, order: Order) -> None:
        """Keep the header, and of its lines what was verified; ExternalOrderIdTaken."""
        self._refuse_taken_external_id(order)
        verified = {item.id: item.verified_quantity for item in order.items}
        items = deepcopy(self._state.orders[order.id].items)
        for item in items:
            item.verified_quantity = verified.get(item.id, item.verified_quantity)
        self._keep(order, items)

    def replace_items(self, order: Order) -> None:
        """Keep other lines instead of those it had."""
        self._refuse_unknown_skus(order)
        self._keep(self._state.orders[order.id], order.items)

    def by_number(self, partner: str | None, order_number: str) -> Order | None:
        """The partner's order with this number (None: of the orders without a partner)."""
        found = self._find(lambda order: (order.partner, order.order_number) == (partner, order_number))
        return next(iter(found), None)

    def named(self, field: IdentifierField, value: str, partner: str | None) -> Sequence[Order]:
        """At most two orders whose field holds the value: the partner's if it has any, else those of all."""
        found = self._find(lambda order: holds(order, field, value))
        own = [order for order in found if order.partner == partner]
        return (own or found)[:2]

    def numbered(self, order_number: str) -> Sequence[Order]:
        """Every partner's order with this number."""
        return self._find(lambda order: order.order_number == order_number)

    def page(self, status: OrderStatus | None, after: Position | None, limit: int) -> Sequence[Order]:
        """At most `limit` orders with their lines, newest first by (created_at, id), after the position."""
        return page_of(self._find(lambda order: status in (None, order.status)), after, limit)

    def index(self, field: IdentifierField) -> None:
        """Nothing is indexed."""

    def _find(self, fits: Callable[[Order], bool]) -> list[Order]:
        return [deepcopy(order) for order in self._state.orders.values() if fits(order)]

    def _keep(self, order: Order, items: list[OrderItem]) -> None:
        kept = deepcopy(order)
        kept.items = deepcopy(items)
        self._state.orders[order.id] = kept

    def _refuse_unknown_skus(self, order: Order) -> None:
        known = {product.sku for product in self._state.products.values()}
        unknown = [item.sku_code for item in order.items if item.sku_code not in known]
        if unknown:
            raise LookupError(f"no product {unknown[0]}")

    def _refuse_taken_external_id(self, order: Order) -> None:
        wanted = (order.partner, order.external_order_id)
        if order.external_order_id is not None and any(
            (other.partner, other.external_order_id) == wanted and other.id != order.id
            for other in self._state.orders.values()
        ):
            raise ExternalOrderIdTaken
