"""Orders: taking, changing and cancelling them; counting and shipping in the warehouse."""

from collections.abc import Sequence

from core.entities.identifier import IdentifierField
from core.entities.order import Order, OrderItem, OrderStatus
from core.errors import AmbiguousIdentifier, NotFound, OrderNumberTaken, Problem, RuleBroken
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.changing import apply_change
from core.use_cases.commands import NewOrder, NewOrderItem, OrderChange
from core.use_cases.matching import only_match


def create_order(work: UnitOfWork, command: NewOrder, partner: str | None) -> Order:
    """Take an order; its number is told as taken before anything about its SKUs."""
    unorderable = _unorderable(work, command.items)
    if unorderable:
        if work.orders.by_number(partner, command.order_number) is not None:
            raise OrderNumberTaken
        raise RuleBroken(problems=unorderable)
    now = work.clock.now()
    order = Order(
        id=work.ids.new_id(),
        partner=partner,
        order_number=command.order_number,
        created_at=now,
        updated_at=now,
        external_order_id=command.external_order_id,
        customer_name=command.customer_name,
        customer_info=command.customer_info or {},
        notes=command.notes,
        order_date=command.order_date,
        due_date=command.due_date,
        metadata=command.metadata or {},
        items=_lines(work, command.items),
    )
    work.orders.add(order)
    return order


def update_order(work: UnitOfWork, order: Order, change: OrderChange, *, replace: bool) -> Order:
    """Change the header fields that are sent and leave the others, in any status."""
    if apply_change(order, change, replace=replace):
        order.updated_at = work.clock.now()
        work.orders.save(order)
    return order


def update_lines(work: UnitOfWork, order: Order, lines: Sequence[NewOrderItem]) -> Order:
    """Replace the lines of a pending order by others than it has; later that is refused, never swallowed."""
    if order.has_lines((line.sku_code, line.quantity) for line in lines):
        return order
    if order.status is not OrderStatus.PENDING:
        message = f"order {order.order_number} is {order.status}; its lines can no longer be changed"
        raise RuleBroken(message, [Problem(("items",), "FIXED", "can no longer be changed")])
    unorderable = _unorderable(work, lines)
    if unorderable:
        raise RuleBroken(problems=unorderable)
    order.items = _lines(work, lines)
    order.updated_at = work.clock.now()
    work.orders.save(order)
    work.orders.replace_items(order)
    return order


def cancel_order(work: UnitOfWork, order: Order, reason: str | None) -> Order:
    """Cancel softly; cancelling twice is no error."""
    if order.cancel(reason, work.clock.now()):
        work.orders.save(order)
    return order


def verify_order(work: UnitOfWork, order: Order, sku: str, counted: int) -> Order:
    """Set what the warehouse counted of a SKU."""
    if counted < 0:
        raise RuleBroken(f"a count is at least 0, not {counted}")
    order.verify(sku, counted, work.clock.now())
    work.orders.save(order)
    return order


def ship_order(work: UnitOfWork, order: Order) -> Order:
    """Ship a verified order."""
    order.ship(work.clock.now())
    work.orders.save(order)
    return order


def find_order(work: UnitOfWork, field: IdentifierField, value: str, partner: str | None) -> Order:
    """The order the value names: among the partner's own first, then among all."""
    return only_match(work.orders.named(field, value, partner), "order", value)


def find_order_by_number(work: UnitOfWork, number: str, partner: str | None) -> Order:
    """The order operators mean: of the partner they name (an empty text: of none), else the only one."""
    if partner is not None:
        order = work.orders.by_number(partner or None, number)
        if order is None:
            raise NotFound(f'there is no order "{number}" of {_owner(partner)}')
        return order
    found = work.orders.numbered(number)
    if not found:
        raise NotFound(f'no order with the number "{number}"')
    if len(found) > 1:
        owners = ", ".join(_owner(order.partner) for order in found)
        raise AmbiguousIdentifier(f'several have an order "{number}" ({owners}): say whose')
    return found[0]


def _owner(partner: str | None) -> str:
    return f"partner {partner}" if partner else "no partner"


def _lines(work: UnitOfWork, lines: Sequence[NewOrderItem]) -> list[OrderItem]:
    ids = work.ids.new_ids(len(lines))
    return [
        OrderItem(id, line.sku_code, line.quantity, line.notes) for id, line in zip(ids, lines, strict=True)
    ]


def _unorderable(work: UnitOfWork, lines: Sequence[NewOrderItem]) -> list[Problem]:
    """Every line must name an existing, active product; each that does not is told."""
    active = work.products.activity_of({line.sku_code for line in lines})
    problems = []
    for index, line in enumerate(lines):
        place = ("items", index, "sku_code")
        if line.sku_code not in active:
            problems.append(
                Problem(place, "NOT_FOUND", f'no product "{line.sku_code}"', masked="no such product")
            )
        elif not active[line.sku_code]:
            message = f'product "{line.sku_code}" is inactive'
            problems.append(Problem(place, "INVALID", message, masked="the product is inactive"))
    return problems
