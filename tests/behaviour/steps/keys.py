"""What operators do with keys, and what became of refused ones."""

from datetime import timedelta

import attrs
from pytest_bdd import given, then, when

from core.entities.json import JsonObject
from core.use_cases.keys import (
    CreateKey,
    create_key,
    delete_key,
    find_key_by_name,
    rescope_key,
    revoke_key,
    rotate_key,
)
from tests.behaviour.checks import check_lists
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services
from tests.behaviour.tables import Table


@given(Phrase('the key "{name}" with the scopes "{scopes}"'))
def key_with_scopes(services: Services, name: str, scopes: str) -> None:
    services.callers.issue(CreateKey(name, scopes.split(", ")))


@given(Phrase('the key "{name}" of the partner "{slug}" with the scopes "{scopes}"'))
def key_of_partner(services: Services, name: str, slug: str, scopes: str) -> None:
    services.callers.issue(CreateKey(name, scopes.split(", "), services.callers.take_in(slug)))


@given(Phrase('the key "{name}" expires after {days:number} days'))
def key_that_expires(services: Services, name: str, days: int) -> None:
    services.callers.issue(CreateKey(name, expires_at=services.clock.now() + timedelta(days=days)))


@given(Phrase('the test key "{name}"'))
def test_key(services: Services, name: str) -> None:
    services.callers.issue(CreateKey(name, test=True))


@when(Phrase('the operator creates the key "{name}"'))
def create(services: Services, name: str) -> None:
    _create(services, CreateKey(name))


@when(Phrase('the operator creates the key "{name}" with the scopes "{scopes}"'))
def create_with_scopes(services: Services, name: str, scopes: str) -> None:
    _create(services, CreateKey(name, scopes.split(", ")))


@when(Phrase('the operator creates the key "{name}" with an empty scope'))
def create_with_empty_scope(services: Services, name: str) -> None:
    _create(services, CreateKey(name, [""]))


@when(Phrase('the operator creates the key "{name}" for the partner "{slug}"'))
def create_for_partner(services: Services, name: str, slug: str) -> None:
    _create(services, CreateKey(name, partner=slug))


@when(Phrase('the operator rotates the key "{name}"'))
def rotate(services: Services, name: str) -> None:
    if issued := services.operate(rotate_key, name):
        services.callers.remember(name, issued.secret)


@given(Phrase('the operator has rotated the key "{name}"'))
def have_rotated(services: Services, name: str) -> None:
    rotate(services, name)
    services.operated()


@given(Phrase('the operator has revoked the key "{name}"'))
def have_revoked(services: Services, name: str) -> None:
    services.operate(revoke_key, name)
    services.operated()


@when(Phrase('the operator deletes the key "{name}"'))
@given(Phrase('the operator has deleted the key "{name}"'))
def delete(services: Services, name: str) -> None:
    services.operate(delete_key, name)
    services.operated()


@when(Phrase('the operator gives the key "{name}" the scopes "{scopes}"'))
def rescope(services: Services, name: str, scopes: str) -> None:
    services.operate(rescope_key, name, scopes.split(", "))


@given(Phrase('the operator has given the key "{name}" the scopes "{scopes}"'))
def have_rescoped(services: Services, name: str, scopes: str) -> None:
    rescope(services, name, scopes)
    services.operated()


@then(Phrase('the key "{name}" has the scopes "{scopes}"'))
def has_scopes(services: Services, name: str, scopes: str) -> None:
    key = services.look(lambda work: find_key_by_name(work, name))
    assert ", ".join(key.scopes) == scopes


@then(Phrase('the key "{name}" belongs to the partner "{slug}"'))
def belongs_to(services: Services, name: str, slug: str) -> None:
    assert services.look(lambda work: find_key_by_name(work, name)).partner == slug


@then(Phrase('there is no key "{name}"'))
def no_key(services: Services, name: str) -> None:
    assert services.look(lambda work: work.keys.by_name(name)) is None


@then(Phrase('the secret of the key "{name}" begins with "{prefix}"'))
def secret_begins_with(services: Services, name: str, prefix: str) -> None:
    assert services.callers.secrets[name].startswith(prefix)


@then(Phrase('nothing that is kept of the key "{name}" holds its secret'))
def secret_is_not_kept(services: Services, name: str) -> None:
    key = services.look(lambda work: find_key_by_name(work, name))
    secret = services.callers.secrets[name]
    assert not [value for value in attrs.asdict(key).values() if secret in str(value)]


@then("the key activity is")
def key_activity(services: Services, datatable: Table) -> None:
    recent = services.look(lambda work: work.key_activity.recent(50))
    shown: list[JsonObject] = [
        {"api_key": one.api_key, "code": one.code, "count": one.count} for one in recent
    ]
    check_lists(list(shown), datatable)


def _create(services: Services, command: CreateKey) -> None:
    if issued := services.operate(create_key, command):
        services.callers.remember(command.name, issued.secret)
