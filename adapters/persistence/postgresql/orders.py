"""Orders and their lines, written and read together."""

from collections.abc import Sequence
from functools import cache

from peewee import SQL, ModelSelect, NodeList

from adapters.persistence import order_items, orders
from adapters.persistence.errors import UniqueViolated
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.statements import SqlValue, Statement, slots
from adapters.persistence.tables import OrderItemRow, OrderRow
from adapters.persistence.values import dump
from core.entities.order import Order, OrderItem

_ADD = Statement(
    NodeList(
        (
            SQL("WITH added AS ("),
            OrderRow.insert(slots(*orders.COLUMNS)),
            SQL(
                "ON CONFLICT DO NOTHING RETURNING id), lines AS (INSERT INTO order_items "
                "(order_id, position, id, sku_code, quantity, verified_quantity, notes) "
                "SELECT added.id, line.* FROM added, json_to_recordset(%(lines)s::json) AS line "
                "(position integer, id text, sku_code text, quantity bigint, verified_quantity bigint, "
                "notes text)) SELECT id FROM added"
            ),
        )
    )
)


class PostgresOrderRepository(orders.PeeweeOrderRepository):
    """The orders of one transaction."""

    def __init__(self, session: PostgresSession) -> None:
        super().__init__(session)
        self._postgresql = session

    def _add(self, order: Order) -> None:
        if not self._postgresql.execute(_ADD, **orders.values_of(order), lines=_dumped(order.items)):
            raise UniqueViolated("orders_external_order_id")

    def _find(self, statement: Statement, **values: SqlValue) -> list[Order]:
        rows, lines = self._postgresql.rows_of_each((statement, values), (_lines_of(statement), values))
        found = {row[0]: orders.order_of(row) for row in rows}
        for line in lines:
            found[line[0]].items.append(order_items.item_of(line))
        return list(found.values())


def _dumped(items: Sequence[OrderItem]) -> str:
    return dump(
        [
            {
                "position": position,
                "id": item.id,
                "sku_code": item.sku_code,
                "quantity": item.quantity,
                "verified_quantity": item.verified_quantity,
                "notes": item.notes,
            }
            for position, item in enumerate(items)
        ]
    )


@cache
def _lines_of(statement: Statement) -> Statement:
    """The lines of the orders that the statement finds."""
    if not isinstance(statement.query, ModelSelect):
        raise TypeError("no query for orders")
    found = statement.query.columns(OrderRow.id)
    chosen = order_items.SELECT_ITEMS.where(OrderItemRow.order.in_(found))
    return Statement(chosen.order_by(OrderItemRow.order, OrderItemRow.position))
