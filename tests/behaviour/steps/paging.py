"""Walking through lists page by page."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import attrs
from pytest_bdd import given, then, when

from core.entities.cursor import CursorSigner
from core.entities.resource import Action, Resource
from core.use_cases.integration_call import IntegrationCalls
from tests.behaviour.callers import THE_PARTNER
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services
from tests.behaviour.tables import Table

_NAMED_BY = {
    Resource.ORDERS: "order_number",
    Resource.PRODUCTS: "sku",
    Resource.LOCATIONS: "code",
    Resource.INVENTORY: "sku_code",
}


@when(Phrase("{who:caller} asks for the next page of the {kind:records}( with)"))
def ask_for_next_page(services: Services, who: str, kind: Resource, datatable: Table = ()) -> None:
    more = dict(datatable)
    services.send(who, kind, Action.LIST, query={"cursor": _cursor(services), **more})


@when(Phrase('{who:caller} asks for the next page of the inventory of "{name}"'))
def ask_for_next_rows(services: Services, who: str, name: str) -> None:
    services.send(who, Resource.INVENTORY, Action.READ, name, query={"cursor": _cursor(services)})


@when(Phrase("{who:caller} asks for the next page with a cursor that was tampered with"))
def ask_with_tampered_cursor(services: Services, who: str) -> None:
    cursor = _cursor(services)
    other = "A" if cursor[-2] != "A" else "B"
    services.send(who, Resource.ORDERS, Action.LIST, query={"cursor": cursor[:-2] + other + cursor[-1]})


@given("the server has another secret since")
def change_secret(services: Services) -> None:
    calls = IntegrationCalls(CursorSigner(b"another secret"))
    services.exchange = attrs.evolve(services.exchange, carry_out=calls)


@when(Phrase("{who:caller} walks through the {kind:records}, {size:number} at a time, while more arrive"))
def walk_while_more_arrive(services: Services, who: str, kind: Resource, size: int) -> None:
    def arrive(page: int) -> None:
        services.stock.several(kind, THE_PARTNER, [f"LATER-{page}"])

    _walk(services, who, kind, size, arrive)


@when(Phrase("{who:caller} walks through the orders, {size:number} at a time, while they are changed"))
def walk_while_changed(services: Services, who: str, size: int) -> None:
    def change(page: int) -> None:
        services.clock.advance(timedelta(seconds=1))
        services.send(who, Resource.ORDERS, Action.UPDATE, f"R-{page}", document={"notes": "knock"})

    _walk(services, who, Resource.ORDERS, size, change)


@then(Phrase("the walk saw each of the {count:number} once"))
def saw_each_once(services: Services, count: int) -> None:
    seen = Counter(name for name in services.seen if name.startswith("R-"))
    assert seen == {f"R-{number}": 1 for number in range(1, count + 1)}


def _walk(services: Services, who: str, kind: Resource, size: int, between: Callable[[int], None]) -> None:
    query = {"limit": str(size)}
    for page in range(1, 20):
        services.send(who, kind, Action.LIST, query=query)
        body = services.succeeded()
        services.seen += [record[_NAMED_BY[kind]] for record in body["data"]]
        if body["pagination"]["next_cursor"] is None:
            return
        query["cursor"] = body["pagination"]["next_cursor"]
        between(page)
    raise AssertionError("the walk does not end")


def _cursor(services: Services) -> str:
    cursor = services.succeeded()["pagination"]["next_cursor"]
    assert cursor is not None
    return str(cursor)
