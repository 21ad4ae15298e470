"""Why a call, or what an operator did, was refused."""

import re

from pytest_bdd import then

from adapters.http.errors import REFUSED_KEY
from core.errors import Refusal
from tests.behaviour.checks import check_same_lines
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services
from tests.behaviour.tables import Table

_CODE = re.compile(r"[A-Z]+(?:_[A-Z]+)*")


@then(Phrase("the call is refused with {code:code}"))
def is_refused(services: Services, code: str) -> None:
    assert services.error()["code"] == code, services.error()


@then("the call is let in")
def is_let_in(services: Services) -> None:
    answered = services.answered()
    assert services.reply is not None
    assert services.reply.status not in REFUSED_KEY, answered


@then(Phrase('the refusal says "{words}"'))
def says(services: Services, words: str) -> None:
    assert words in str(services.error()["message"])


@then(Phrase('the refusal does not say "{words}"'))
def does_not_say(services: Services, words: str) -> None:
    assert words not in str(services.error())


@then("the refusal names")
def names(services: Services, datatable: Table) -> None:
    check_same_lines(services.error()["details"], datatable)


@then(Phrase("the refusal names {count:number} places"))
def names_so_many(services: Services, count: int) -> None:
    details = services.error()["details"]
    assert isinstance(details, list)
    assert len(details) == count


@then("the refusal has a message and the request's own id")
def has_one_shape(services: Services) -> None:
    error = services.error()
    assert services.call is not None
    assert error["request_id"] == services.call.request_id
    assert error["message"]
    assert _CODE.fullmatch(str(error["code"]))
    assert sorted(error) == ["code", "details", "message", "request_id"]


@then(Phrase('the operator is refused, with a message that names "{words}"'))
def operator_is_refused(services: Services, words: str) -> None:
    assert services.refusal is not None, "the operator was not refused"
    assert words in str(services.refusal)


@then(Phrase("the operator is refused with {code:code}"))
def operator_is_refused_with(services: Services, code: str) -> None:
    assert isinstance(services.refusal, Refusal)
    assert services.refusal.code == code
