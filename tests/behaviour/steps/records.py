"""Records that are there, and what they hold."""

from pytest_bdd import given, then

from core.entities.identifier import resolve_identifier
from core.entities.json import JsonObject
from core.entities.order import OrderStatus
from core.entities.resource import Resource
from core.errors import NotFound
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.locations import find_location
from core.use_cases.orders import find_order_by_number
from core.use_cases.products import find_product
from core.use_cases.views import location_view, order_view, product_view
from tests.behaviour.callers import THE_PARTNER
from tests.behaviour.checks import check_holds, check_lists, check_place_missing
from tests.behaviour.phrases import Phrase
from tests.behaviour.samples import record
from tests.behaviour.services import Services
from tests.behaviour.tables import Table, rows


@given(Phrase('the product "{sku}"'))
def the_product(services: Services, sku: str) -> None:
    services.stock.product(sku)


@given(Phrase('the inactive product "{sku}"'))
def the_inactive_product(services: Services, sku: str) -> None:
    services.stock.product(sku, active=False)


@given(Phrase('the location "{code}"'))
def the_location(services: Services, code: str) -> None:
    services.stock.location(code)


@given(Phrase('the inactive location "{code}"'))
def the_inactive_location(services: Services, code: str) -> None:
    services.stock.location(code, active=False)


@given(Phrase('the order "{number}"'))
def the_order(services: Services, number: str) -> None:
    services.stock.order(services.callers.take_in(THE_PARTNER), record(Resource.ORDERS, number))


@given(Phrase('the order "{number}" with the lines'))
def the_order_with_lines(services: Services, number: str, datatable: Table) -> None:
    order: JsonObject = {"order_number": number, "items": list(rows(datatable))}
    services.stock.order(services.callers.take_in(THE_PARTNER), order)


@given(Phrase('the {kind:records} "{names}"'))
def the_records(services: Services, kind: Resource, names: str) -> None:
    services.stock.several(kind, services.callers.take_in(THE_PARTNER), names.split(", "))


@given(Phrase("{count:number} {kind:records}"))
def so_many_records(services: Services, count: int, kind: Resource) -> None:
    names = [f"R-{number}" for number in range(1, count + 1)]
    services.stock.several(kind, services.callers.take_in(THE_PARTNER), names)


@given(Phrase('the order "{number}" has become {status:status}'))
def has_become(services: Services, number: str, status: OrderStatus) -> None:
    services.stock.bring(number, status)


@then(Phrase('the order "{number}" is {status:status}'))
def is_in_status(services: Services, number: str, status: OrderStatus) -> None:
    assert _stored(services, Resource.ORDERS, number)["status"] == status.value


@then(Phrase('the order "{number}" of the partner "{slug}" is {status:status}'))
def is_in_status_of(services: Services, number: str, slug: str, status: OrderStatus) -> None:
    order = services.look(lambda work: find_order_by_number(work, number, slug))
    assert order.status is status


@then(Phrase('the order "{number}" has the lines'))
def has_lines(services: Services, number: str, datatable: Table) -> None:
    check_lists(_stored(services, Resource.ORDERS, number)["items"], datatable)


@then(Phrase('the {kind:record} "{name}" holds'))
def holds(services: Services, kind: Resource, name: str, datatable: Table) -> None:
    check_holds(_stored(services, kind, name), datatable)


@then(Phrase('the {kind:record} "{name}" does not hold "{place}"'))
def does_not_hold(services: Services, kind: Resource, name: str, place: str) -> None:
    check_place_missing(_stored(services, kind, name), place)


@then(Phrase('there is no {kind:record} "{name}"'))
def is_not_there(services: Services, kind: Resource, name: str) -> None:
    try:
        found = _stored(services, kind, name)
    except NotFound:
        return
    raise AssertionError(f"there is {found}")


def _stored(services: Services, kind: Resource, name: str) -> JsonObject:
    """A record as the platform sees it, by its natural key."""

    def read(work: UnitOfWork) -> JsonObject:
        field = resolve_identifier(kind, None, None)
        match kind:
            case Resource.PRODUCTS:
                return product_view(find_product(work, field, name))
            case Resource.LOCATIONS:
                return location_view(find_location(work, field, name))
            case _:
                return order_view(find_order_by_number(work, name, None))

    return services.look(read)
