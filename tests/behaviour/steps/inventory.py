"""What callers do with inventory: load it, and read it by location or by product."""

from pytest_bdd import given, then, when

from core.entities.resource import Action, Resource
from core.use_cases.views import inventory_view
from tests.behaviour.phrases import Phrase
from tests.behaviour.samples import load
from tests.behaviour.services import Services
from tests.behaviour.tables import Table, document, rows


@given(Phrase('the location "{code}" holds {quantity:number} of "{sku}"'))
def hold(services: Services, code: str, quantity: int, sku: str) -> None:
    services.stock.holding(code, sku, quantity)


@when(Phrase("{who:caller} loads the inventory"))
def load_rows(services: Services, who: str, datatable: Table) -> None:
    services.send(who, Resource.INVENTORY, Action.CREATE, document=load(*rows(datatable)))


@when(Phrase("{who:caller} loads the inventory with"))
def load_document(services: Services, who: str, datatable: Table) -> None:
    services.send(who, Resource.INVENTORY, Action.CREATE, document=document(datatable))


@when(Phrase('{who:caller} reads the inventory of the location "{code}"'))
def read_location(services: Services, who: str, code: str) -> None:
    services.send(who, Resource.INVENTORY, Action.READ, code, query={"by": "location"})


@when(Phrase('{who:caller} reads the inventory of the product "{sku}"'))
def read_product(services: Services, who: str, sku: str) -> None:
    services.send(who, Resource.INVENTORY, Action.READ, sku, query={"by": "sku"})


@when(Phrase('{who:caller} reads the inventory of "{name}"( with)'))
@given(Phrase('{who:caller} has read the inventory of "{name}" with'))
def read_inventory(services: Services, who: str, name: str, datatable: Table = ()) -> None:
    services.send(who, Resource.INVENTORY, Action.READ, name, query=dict(datatable))


@then(Phrase('the location "{code}" has in stock'))
def has_in_stock(services: Services, code: str, datatable: Table) -> None:
    records = services.look(lambda work: work.inventory.at_location(code, None, None))
    held = sorted((view["sku_code"], view["quantity"]) for view in map(inventory_view, records))
    assert held == [(line["sku_code"], line["quantity"]) for line in rows(datatable)]


@then(Phrase('the location "{code}" has nothing in stock'))
def has_nothing(services: Services, code: str) -> None:
    assert not services.look(lambda work: work.inventory.at_location(code, None, None))
