"""What the warehouse does with orders."""

from pytest_bdd import given, when

from core.ports.unit_of_work import UnitOfWork
from core.use_cases.orders import find_order_by_number, ship_order, verify_order
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services


@when(Phrase('the warehouse counts {count:number} of "{sku}" in the order "{number}"'))
def count_items(services: Services, count: int, sku: str, number: str) -> None:
    services.operate(_verify, number, None, sku, count)


@when(
    Phrase('the warehouse counts {count:number} of "{sku}" in the order "{number}" of the partner "{slug}"')
)
def count_of_partner(services: Services, count: int, sku: str, number: str, slug: str) -> None:
    services.operate(_verify, number, slug, sku, count)


@given(Phrase('the warehouse has counted {count:number} of "{sku}" in the order "{number}"'))
def have_counted(services: Services, count: int, sku: str, number: str) -> None:
    count_items(services, count, sku, number)
    services.operated()


@when(Phrase('the warehouse ships the order "{number}"'))
def ship(services: Services, number: str) -> None:
    services.operate(lambda work: ship_order(work, find_order_by_number(work, number, None)))


def _verify(work: UnitOfWork, number: str, partner: str | None, sku: str, count: int) -> None:
    verify_order(work, find_order_by_number(work, number, partner), sku, count)
