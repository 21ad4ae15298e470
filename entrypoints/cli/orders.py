"""`datamingle orders`: the warehouse side."""

import click

from core.entities.order import Order
from core.use_cases.orders import find_order_by_number, ship_order, verify_order
from core.use_cases.views import order_view
from entrypoints.cli.console import Console
from entrypoints.cli.options import MAX_INTEGER, example, operation

_partner_option = click.option(
    "--partner",
    metavar="SLUG",
    help="Whose order, where the number is not unique; an empty SLUG: that of no partner.",
)


@click.group()
def orders() -> None:
    """Orders in the warehouse: verify, ship."""


@orders.command(epilog=example("datamingle orders verify PO-10042 TENT-2P 2"))
@click.argument("order_number")
@click.argument("sku")
@click.argument("quantity", type=click.IntRange(0, MAX_INTEGER))
@_partner_option
@operation
def verify(console: Console, order_number: str, sku: str, quantity: int, partner: str | None) -> None:
    """Set that QUANTITY of SKU were counted for the order ORDER_NUMBER."""
    order = console.run(
        lambda work: verify_order(work, find_order_by_number(work, order_number, partner), sku, quantity)
    )
    counted = sum(item.verified_quantity for item in order.items if item.sku_code == sku)
    _tell(console, order, f"{counted} of {sku} are verified; order {order.order_number} is {order.status}.")


@orders.command(epilog=example("datamingle orders ship PO-10042 --partner acme"))
@click.argument("order_number")
@_partner_option
@operation
def ship(console: Console, order_number: str, partner: str | None) -> None:
    """Ship the order ORDER_NUMBER, which must be verified."""
    order = console.run(lambda work: ship_order(work, find_order_by_number(work, order_number, partner)))
    _tell(console, order, f"Order {order.order_number} is shipped.")


def _tell(console: Console, order: Order, text: str) -> None:
    console.answer(order_view(order), text)
