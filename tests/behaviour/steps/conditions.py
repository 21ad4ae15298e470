"""What callers know of a record, and the changes they make only if it still is so."""

from pytest_bdd import given, then, when

from core.entities.resource import Action, Resource
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services
from tests.behaviour.tables import Table, document


@given(Phrase('{who:caller} knows the {kind:record} "{name}" as it reads it'))
def know_as_read(services: Services, who: str, kind: Resource, name: str) -> None:
    services.send(who, kind, Action.READ, name)
    know_as_answered(services, who)


@given(Phrase("{who:caller} knows the record as it was answered"))
def know_as_answered(services: Services, who: str) -> None:
    tag = services.tag()
    assert tag is not None, f"{who} was answered no record"
    services.known = tag


@when(Phrase('{who:caller} changes the {kind:record} "{name}" as it knows it'))
@when(Phrase('{who:caller} changes the {kind:record} "{name}" as the pass-through client knows it'))
def change_known(services: Services, who: str, kind: Resource, name: str, datatable: Table) -> None:
    services.send(who, kind, Action.UPDATE, name, document=document(datatable), if_match=services.known)


@when(Phrase('{who:caller} rewrites the {kind:record} "{name}" as it knows it'))
def rewrite_known(services: Services, who: str, kind: Resource, name: str, datatable: Table) -> None:
    change = document(datatable)
    services.send(who, kind, Action.UPDATE, name, document=change, replace=True, if_match=services.known)


@when(Phrase('{who:caller} changes the {kind:record} "{name}" if it exists'))
def change_existing(services: Services, who: str, kind: Resource, name: str, datatable: Table) -> None:
    services.send(who, kind, Action.UPDATE, name, document=document(datatable), if_match=b"*")


@when(Phrase('{who:caller} cancels the {kind:record} "{name}" as it knows it'))
@when(Phrase('{who:caller} deactivates the {kind:record} "{name}" as it knows it'))
def delete_known(services: Services, who: str, kind: Resource, name: str) -> None:
    services.send(who, kind, Action.DELETE, name, if_match=services.known)


@then("the answer names no state of a record")
def names_no_state(services: Services) -> None:
    services.succeeded()
    assert services.tag() is None
