"""What a call was answered."""

from pytest_bdd import then

from core.entities.json import JsonObject
from tests.behaviour.checks import check_fields, check_holds, check_lists, check_place_missing
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services
from tests.behaviour.tables import Table

_CREATED = 201


@then("the call succeeds")
def succeeds(services: Services) -> None:
    services.succeeded()


@then("the record is reported as new")
def is_new(services: Services) -> None:
    services.succeeded()
    assert services.reply is not None
    assert services.reply.status == _CREATED


@then("the record is reported as known")
def is_known(services: Services) -> None:
    services.succeeded()
    assert services.reply is not None
    assert services.reply.status != _CREATED


@then("the answer holds")
def holds(services: Services, datatable: Table) -> None:
    check_holds(services.data(), datatable)


@then(Phrase('the answer does not hold "{place}"'))
def does_not_hold(services: Services, place: str) -> None:
    check_place_missing(services.data(), place)


@then("the answer has exactly the fields")
def has_fields(services: Services, datatable: Table) -> None:
    check_fields(services.data(), datatable)


@then("the answer lists")
def lists(services: Services, datatable: Table) -> None:
    check_lists(services.data(), datatable)


@then("the answer lists exactly")
def lists_exactly(services: Services, datatable: Table) -> None:
    records = services.data()
    check_lists(records, datatable)
    assert isinstance(records, list)
    for record in records:
        check_fields(record, [[name] for name in datatable[0]])


@then(Phrase("the answer lists {count:number} records"))
def lists_so_many(services: Services, count: int) -> None:
    records = services.data()
    assert isinstance(records, list)
    assert len(records) == count


@then("the answer lists nothing")
def lists_nothing(services: Services) -> None:
    assert services.data() == []


@then("the answer is no page")
def is_no_page(services: Services) -> None:
    assert "pagination" not in services.succeeded()


@then("there is a next page")
def has_next_page(services: Services) -> None:
    assert _pagination(services)["next_cursor"]


@then("there is no next page")
def has_no_next_page(services: Services) -> None:
    assert _pagination(services)["next_cursor"] is None


@then(Phrase("the page may hold {count:number} records"))
def page_may_hold(services: Services, count: int) -> None:
    assert _pagination(services)["limit"] == count


@then("an operator is alerted")
def is_alerted(services: Services) -> None:
    assert services.alerts


@then(Phrase('an operator is alerted once, to "{words}"'))
def is_alerted_to(services: Services, words: str) -> None:
    (alert,) = services.alerts
    assert words in alert


def _pagination(services: Services) -> JsonObject:
    pagination = services.succeeded()["pagination"]
    assert isinstance(pagination, dict)
    return pagination
