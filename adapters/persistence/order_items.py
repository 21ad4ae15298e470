"""The lines of orders in tables."""

from collections.abc import Sequence

from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, SqlValue, Statement, slots
from adapters.persistence.tables import OrderItemRow
from adapters.persistence.value_lists import among, list_of
from core.entities.order import Order, OrderItem

_COLUMNS = ("order", "position", "id", "sku_code", "quantity", "verified_quantity", "notes")
SELECT_ITEMS = OrderItemRow.select(
    OrderItemRow.order,
    OrderItemRow.id,
    OrderItemRow.sku_code,
    OrderItemRow.quantity,
    OrderItemRow.notes,
    OrderItemRow.verified_quantity,
)
_ADD = Statement(OrderItemRow.insert(slots(*_COLUMNS)))
_OF_ONE = Statement(SELECT_ITEMS.where(OrderItemRow.order == Slot("order")).order_by(OrderItemRow.position))
_OF_MANY = Statement(
    SELECT_ITEMS.where(among(OrderItemRow.order)).order_by(OrderItemRow.order, OrderItemRow.position)
)
_REMOVE = Statement(OrderItemRow.delete().where(OrderItemRow.order == Slot("order")))
_SAVE_VERIFIED = Statement(
    OrderItemRow.update(slots("verified_quantity")).where(
        OrderItemRow.order == Slot("order"),
        OrderItemRow.id == Slot("id"),
        OrderItemRow.verified_quantity != Slot("verified_quantity"),
    )
)


def add_items(session: Session, order: Order) -> None:
    """Keep the order's lines, in their order."""
    session.execute_many(_ADD, _values(order))


def remove_items(session: Session, order: Order) -> None:
    """Forget the order's lines."""
    session.execute(_REMOVE, order=order.id)


def save_verified(session: Session, order: Order) -> None:
    """Keep what was counted of each line."""
    session.execute_many(
        _SAVE_VERIFIED,
        [
            {"order": order.id, "id": item.id, "verified_quantity": item.verified_quantity}
            for item in order.items
        ],
    )


def give_items(session: Session, orders: Sequence[Order]) -> None:
    """Read the lines of the orders into them."""
    if len(orders) == 1:
        orders[0].items = [item_of(row) for row in session.rows(_OF_ONE, order=orders[0].id)]
    elif orders:
        items = {order.id: order.items for order in orders}
        for row in session.rows(_OF_MANY, **list_of(items)):
            items[row[0]].append(item_of(row))


def _values(order: Order) -> list[dict[str, SqlValue]]:
    return [
        {
            "order": order.id,
            "position": position,
            "id": item.id,
            "sku_code": item.sku_code,
            "quantity": item.quantity,
            "verified_quantity": item.verified_quantity,
            "notes": item.notes,
        }
        for position, item in enumerate(order.items)
    ]


def item_of(row: Row) -> OrderItem:
    """The line in a row of SELECT_ITEMS; the first column names its order."""
    _, id, sku_code, quantity, notes, verified_quantity = row
    return OrderItem(id, sku_code, quantity, notes, verified_quantity)
