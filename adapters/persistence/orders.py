"""Orders and their lines in tables."""

from collections.abc import Sequence
from functools import cache

from adapters.persistence.errors import UniqueViolated
from adapters.persistence.lookups import forms_of, found_in, holds, index_on
from adapters.persistence.order_items import add_items, give_items, remove_items, save_verified
from adapters.persistence.paging import follows, newest_first, position_of
from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, SqlValue, Statement, inserting, slots
from adapters.persistence.tables import OrderRow, space_of
from adapters.persistence.values import (
    dump_object,
    from_micros,
    from_micros_or_none,
    load_object,
    to_micros,
    to_micros_or_none,
)
from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.order import Order, OrderStatus
from core.errors import ExternalOrderIdTaken, OrderNumberTaken
from core.ports.repositories import OrderRepository

COLUMNS = (
    "id",
    "partner",
    "order_number",
    "external_order_id",
    "customer_name",
    "customer_info",
    "notes",
    "order_date",
    "due_date",
    "metadata",
    "status",
    "cancellation_reason",
    "created_at",
    "updated_at",
)
_FIXED = ("id", "partner", "order_number", "created_at")
_SELECT = OrderRow.select(*(getattr(OrderRow, name) for name in COLUMNS))
_ADD = Statement(inserting(OrderRow, *COLUMNS))
_SAVE = Statement(
    OrderRow.update(slots(*(name for name in COLUMNS if name not in _FIXED))).where(OrderRow.id == Slot("id"))
)
_OWN = space_of(OrderRow) == Slot("space")
_NUMBERED = Statement(_SELECT.where(OrderRow.order_number == Slot("order_number")))
_BY_NUMBER = Statement(_SELECT.where(OrderRow.order_number == Slot("order_number"), _OWN))
_FOLLOWING = (
    _SELECT.where(follows(OrderRow.created_at, OrderRow.id))
    .order_by(*newest_first(OrderRow.created_at, OrderRow.id))
    .limit(Slot("limit"))
)
_PAGE = Statement(_FOLLOWING)
_PAGE_OF_STATUS = Statement(_FOLLOWING.where(OrderRow.status == Slot("status")))


class PeeweeOrderRepository(OrderRepository):
    """The orders of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, order: Order) -> None:
        """Keep a new order; OrderNumberTaken or ExternalOrderIdTaken within its partner."""
        try:
            self._add(order)
        except UniqueViolated as error:
            if self.by_number(order.partner, order.order_number) is not None:
                raise OrderNumberTaken from error
            raise _refused(error) from error

    def save(self, order: Order) -> None:
        """Keep the header, and of its lines what was verified; ExternalOrderIdTaken."""
        try:
            self._session.execute(_SAVE, **values_of(order))
        except UniqueViolated as error:
            raise _refused(error) from error
        save_verified(self._session, order)

    def replace_items(self, order: Order) -> None:
        """Keep other lines instead of those it had."""
        remove_items(self._session, order)
        add_items(self._session, order)

    def by_number(self, partner: str | None, order_number: str) -> Order | None:
        """The partner's order with this number (None: of the orders without a partner)."""
        found = self._find(_BY_NUMBER, order_number=order_number, space=partner or "")
        return next(iter(found), None)

    def named(self, field: IdentifierField, value: str, partner: str | None) -> Sequence[Order]:
        """At most two orders whose field holds the value: the partner's if it has any, else those of all."""
        forms = forms_of(field, value)
        own = self._find(_named_by_partner(field), space=partner or "", **forms)
        return [order for order in own or self._find(_named(field), **forms) if found_in(order, field, value)]

    def numbered(self, order_number: str) -> Sequence[Order]:
        """Every partner's order with this number."""
        return self._find(_NUMBERED, order_number=order_number)

    def page(self, status: OrderStatus | None, after: Position | None, limit: int) -> Sequence[Order]:
        """At most `limit` orders with their lines, newest first by (created_at, id), after the position."""
        position = position_of(after)
        if status is None:
            return self._find(_PAGE, limit=limit, **position)
        return self._find(_PAGE_OF_STATUS, limit=limit, status=status.value, **position)

    def index(self, field: IdentifierField) -> None:
        """Make look-ups by this path fast; doing it again changes nothing."""
        self._session.define(index_on(OrderRow, field))

    def _add(self, order: Order) -> None:
        self._session.insert(_ADD, "orders_external_order_id", **values_of(order))
        add_items(self._session, order)

    def _find(self, statement: Statement, **values: SqlValue) -> list[Order]:
        """The orders that the statement finds, with their lines."""
        orders = [order_of(row) for row in self._session.rows(statement, **values)]
        give_items(self._session, orders)
        return orders


@cache
def _named_by_partner(field: IdentifierField) -> Statement:
    return Statement(_SELECT.where(holds(OrderRow, field), _OWN).limit(2))


@cache
def _named(field: IdentifierField) -> Statement:
    return Statement(_SELECT.where(holds(OrderRow, field)).limit(2))


def _refused(error: UniqueViolated) -> Exception:
    return ExternalOrderIdTaken() if error.index == "orders_external_order_id" else error


def values_of(order: Order) -> dict[str, SqlValue]:
    """What the columns hold of an order."""
    return {
        "id": order.id,
        "partner": order.partner,
        "order_number": order.order_number,
        "external_order_id": order.external_order_id,
        "customer_name": order.customer_name,
        "customer_info": dump_object(order.customer_info),
        "notes": order.notes,
        "order_date": to_micros_or_none(order.order_date),
        "due_date": to_micros_or_none(order.due_date),
        "metadata": dump_object(order.metadata),
        "status": order.status.value,
        "cancellation_reason": order.cancellation_reason,
        "created_at": to_micros(order.created_at),
        "updated_at": to_micros(order.updated_at),
    }


def order_of(row: Row) -> Order:
    """The order in a row, without its lines."""
    (
        id,
        partner,
        order_number,
        external_order_id,
        customer_name,
        customer_info,
        notes,
        order_date,
        due_date,
        metadata,
        status,
        cancellation_reason,
        created_at,
        updated_at,
    ) = row
    return Order(
        id=id,
        partner=partner,
        order_number=order_number,
        created_at=from_micros(created_at),
        updated_at=from_micros(updated_at),
        external_order_id=external_order_id,
        customer_name=customer_name,
        customer_info=load_object(customer_info),
        notes=notes,
        order_date=from_micros_or_none(order_date),
        due_date=from_micros_or_none(due_date),
        metadata=load_object(metadata),
        status=OrderStatus(status),
        cancellation_reason=cancellation_reason,
    )
