"""What callers do with records: send, push, change, rewrite, cancel, deactivate, read and list them."""

from pytest_bdd import given, when

from core.entities.resource import Action, Resource
from core.use_cases.orders import find_order_by_number
from tests.behaviour.phrases import Phrase
from tests.behaviour.samples import LOCATION, SKU, load, record, recorded, row
from tests.behaviour.services import Services
from tests.behaviour.tables import Table, document

UPSERT = {"upsert": "true"}


@when(Phrase('{who:caller} sends the {kind:record} "{name}"( with)'))
@given(Phrase('{who:caller} has tried to send the {kind:record} "{name}"( with)'))
def send_record(services: Services, who: str, kind: Resource, name: str, datatable: Table = ()) -> None:
    services.send(who, kind, Action.CREATE, document=record(kind, name, datatable))


@given(Phrase('{who:caller} has sent the {kind:record} "{name}"( with)'))
def have_sent_record(services: Services, who: str, kind: Resource, name: str, datatable: Table = ()) -> None:
    if kind is Resource.ORDERS:
        services.stock.product(SKU)
    send_record(services, who, kind, name, datatable)
    services.succeeded()


@when(Phrase("{who:caller} sends {kind:a_record} in its own words"))
def send_own(services: Services, who: str, kind: Resource, datatable: Table) -> None:
    services.send(who, kind, Action.CREATE, document=document(datatable))


@given(Phrase("{who:caller} has sent {kind:a_record} in its own words"))
def have_sent_own(services: Services, who: str, kind: Resource, datatable: Table) -> None:
    send_own(services, who, kind, datatable)
    services.succeeded()


@when(Phrase('{who:caller} sends the order "{name}" with {count:number} lines without a SKU'))
def send_lines(services: Services, who: str, name: str, count: int) -> None:
    order = {"order_number": name, "items": [{"quantity": 1}] * count}
    services.send(who, Resource.ORDERS, Action.CREATE, document=order)


@when(Phrase("{who:caller} sends an order in its own words with {count:number} lines without an item"))
def send_own_lines(services: Services, who: str, count: int) -> None:
    order = {"po_number": {"value": "PO-1"}, "Details": [{"Qty": {"value": 1}}] * count}
    services.send(who, Resource.ORDERS, Action.CREATE, document=order)


@when(Phrase('{who:caller} sends the {kind:record} "{name}", asking for upsert "{answer}"'))
def send_asking(services: Services, who: str, kind: Resource, name: str, answer: str) -> None:
    services.send(who, kind, Action.CREATE, document=record(kind, name), query={"upsert": answer})


@when(Phrase('{who:caller} pushes the {kind:record} "{name}"( with)'))
def push_record(services: Services, who: str, kind: Resource, name: str, datatable: Table = ()) -> None:
    services.send(who, kind, Action.CREATE, document=record(kind, name, datatable), query=UPSERT)


@when(Phrase("{who:caller} pushes {kind:a_record} in its own words"))
def push_own(services: Services, who: str, kind: Resource, datatable: Table) -> None:
    services.send(who, kind, Action.CREATE, document=document(datatable), query=UPSERT)


@when(Phrase('{who:caller} sends the sample "{name}"( with)'))
def send_sample(services: Services, who: str, name: str, datatable: Table = ()) -> None:
    resource, payload = recorded(name)
    services.send(who, resource, Action.CREATE, document=document(datatable, payload))


@given(Phrase('{who:caller} has sent the sample "{name}"'))
def have_sent_sample(services: Services, who: str, name: str) -> None:
    send_sample(services, who, name)
    services.succeeded()


@when(Phrase('{who:caller} changes the {kind:record} "{name}"'))
def change_record(services: Services, who: str, kind: Resource, name: str, datatable: Table) -> None:
    services.send(who, kind, Action.UPDATE, name, document=document(datatable))


@given(Phrase('{who:caller} has changed the {kind:record} "{name}"'))
def have_changed(services: Services, who: str, kind: Resource, name: str, datatable: Table) -> None:
    change_record(services, who, kind, name, datatable)
    services.succeeded()


@when(Phrase('{who:caller} rewrites the {kind:record} "{name}"'))
def rewrite_record(services: Services, who: str, kind: Resource, name: str, datatable: Table) -> None:
    services.send(who, kind, Action.UPDATE, name, document=document(datatable), replace=True)


@when(Phrase('{who:caller} sends the last answer back as a change of the {kind:record} "{name}"'))
def send_back(services: Services, who: str, kind: Resource, name: str) -> None:
    services.send(who, kind, Action.UPDATE, name, document=services.data())


@when(Phrase('{who:caller} cancels "{name}"'))
def cancel_order(services: Services, who: str, name: str) -> None:
    services.send(who, Resource.ORDERS, Action.DELETE, name)


@when(Phrase('{who:caller} cancels "{name}" because "{reason}"'))
def cancel_for_reason(services: Services, who: str, name: str, reason: str) -> None:
    services.send(who, Resource.ORDERS, Action.DELETE, name, document={"reason": reason})


@when(Phrase('{who:caller} cancels "{name}" with'))
def cancel_with(services: Services, who: str, name: str, datatable: Table) -> None:
    services.send(who, Resource.ORDERS, Action.DELETE, name, document=document(datatable))


@given(Phrase('{who:caller} has cancelled "{name}"'))
def have_cancelled(services: Services, who: str, name: str) -> None:
    cancel_order(services, who, name)
    services.succeeded()


@given(Phrase('{who:caller} has cancelled "{name}" because "{reason}"'))
def have_cancelled_for_reason(services: Services, who: str, name: str, reason: str) -> None:
    cancel_for_reason(services, who, name, reason)
    services.succeeded()


@when(Phrase('{who:caller} deactivates the {kind:record} "{name}"'))
def deactivate(services: Services, who: str, kind: Resource, name: str) -> None:
    services.send(who, kind, Action.DELETE, name)


@given(Phrase('{who:caller} has deactivated the {kind:record} "{name}"'))
def have_deactivated(services: Services, who: str, kind: Resource, name: str) -> None:
    deactivate(services, who, kind, name)
    services.succeeded()


@when(Phrase('{who:caller} reads the {kind:record} "{name}"'))
@given(Phrase('{who:caller} has read the {kind:record} "{name}"'))
@given(Phrase('{who:caller} has tried to read the {kind:record} "{name}"'))
def read_record(services: Services, who: str, kind: Resource, name: str) -> None:
    services.send(who, kind, Action.READ, name)


@when(Phrase('{who:caller} reads the order by our id of "{number}"'))
def read_by_id(services: Services, who: str, number: str) -> None:
    order = services.look(lambda work: find_order_by_number(work, number, None))
    services.send(who, Resource.ORDERS, Action.READ, order.id)


@when(Phrase("{who:caller} lists the {kind:records}( with)"))
@given(Phrase("{who:caller} has tried to list the {kind:records}"))
def list_records(services: Services, who: str, kind: Resource, datatable: Table = ()) -> None:
    services.send(who, kind, Action.LIST, query=dict(datatable))


@given(Phrase("{who:caller} has listed the {kind:records}( with)"))
def have_listed(services: Services, who: str, kind: Resource, datatable: Table = ()) -> None:
    list_records(services, who, kind, datatable)
    services.succeeded()


@when(Phrase("{who:caller} tries to {action:action} {kind:records}"))
@given(Phrase("{who:caller} has tried to {action:action} {kind:records}"))
def try_to(services: Services, who: str, action: str, kind: Resource) -> None:
    new = load(row()) if kind is Resource.INVENTORY else record(kind, "X-1")
    match action:
        case "create":
            services.send(who, kind, Action.CREATE, document=new)
        case "list":
            services.send(who, kind, Action.LIST)
        case "read":
            services.send(who, kind, Action.READ, LOCATION)
        case "change":
            services.send(who, kind, Action.UPDATE, LOCATION, document={})
        case _:
            services.send(who, kind, Action.DELETE, LOCATION)


@given(Phrase("{who:caller} asks for strict handling"))
def ask_for_strictness(services: Services, who: str) -> None:
    services.callers.secret_of(who)
    services.strict = True
