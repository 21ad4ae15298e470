"""Requests under idempotency keys, sent again."""

from pytest_bdd import given, then, when

from adapters.http.idempotency import REPLAYED
from core.entities.resource import Action, Resource
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services

_MARK = REPLAYED.lower().encode()


@given(Phrase('requests carry the idempotency key "{key}"'))
def carry_key(services: Services, key: str) -> None:
    services.idempotency_key = key


@given("requests carry no idempotency key")
def carry_none(services: Services) -> None:
    services.idempotency_key = None


@given(
    Phrase('{who:caller} has changed the notes of "{name}" to "{notes}" under the idempotency key "{key}"')
)
@when(Phrase('{who:caller} changes the notes of "{name}" to "{notes}" under the idempotency key "{key}"'))
def change_notes(services: Services, who: str, name: str, notes: str, key: str) -> None:
    carry_key(services, key)
    services.send(who, Resource.ORDERS, Action.UPDATE, name, document={"notes": notes})


@then("the answer is the first one, told again")
def is_told_again(services: Services) -> None:
    assert services.reply is not None
    assert services.idempotency_key is not None
    first = services.firsts[services.idempotency_key]
    assert (services.reply.status, services.reply.body) == (first.status, first.body)
    assert services.reply.headers == (*first.headers, (_MARK, b"true"))


@then("the answer is no repetition")
def is_no_repetition(services: Services) -> None:
    assert services.reply is not None
    assert _MARK not in dict(services.reply.headers)
