"""What the integration log keeps, and what operators read in it."""

from datetime import timedelta

import attrs
from pytest_bdd import then, when

from core.entities.integration_log import LogEntry, LogFilter, LogStatus, summarise_entry
from core.entities.json import JsonObject
from core.use_cases.logs import find_entry, purge_logs, report_entry, show_entry
from core.use_cases.orders import find_order_by_number
from tests.behaviour.checks import check_fields, check_holds, check_lists
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services
from tests.behaviour.tables import Table

_MANY = 1000


@then("the latest log entry holds")
def latest_holds(services: Services, datatable: Table) -> None:
    entry = _latest(services)
    check_holds(services.look(lambda work: show_entry(work, entry)), datatable)


@then("the latest log entry lists as ignored")
def lists_as_ignored(services: Services, datatable: Table) -> None:
    assert sorted(_latest(services).ignored_fields) == sorted(place for (place,) in datatable)


@then("the latest log entry keeps what was sent byte for byte")
def keeps_bytes(services: Services) -> None:
    assert services.call is not None
    assert _latest(services).raw_payload == services.call.raw


@then(Phrase('the latest log entry names our id of the order "{number}"'))
def names_record(services: Services, number: str) -> None:
    order = services.look(lambda work: find_order_by_number(work, number, None))
    assert _latest(services).record_ids == order.id


@then("the log is empty")
def log_is_empty(services: Services) -> None:
    assert _entries(services, LogFilter(), _MANY) == []


@then(Phrase("the log holds {count:number} entries"))
def log_holds(services: Services, count: int) -> None:
    assert len(_entries(services, LogFilter(), _MANY)) == count


@then("nothing in the log holds the secret of the partner")
def log_holds_no_secret(services: Services) -> None:
    secret = services.callers.secret_of("the partner")
    assert secret is not None
    assert secret not in str(attrs.asdict(_latest(services)))


@when("the operator lists the log with")
def list_log(services: Services, datatable: Table) -> None:
    chosen = dict(datatable)
    status = LogStatus(chosen["status"]) if "status" in chosen else None
    _show(services, LogFilter(chosen.get("partner"), chosen.get("api_key"), status))


@when(Phrase("the operator lists the log of the last {hours:number} hours"))
def list_recent(services: Services, hours: int) -> None:
    _show(services, LogFilter(since=services.clock.now() - timedelta(hours=hours)))


@when(Phrase("the operator lists the newest {count:number} entries of the log"))
def list_newest(services: Services, count: int) -> None:
    _show(services, LogFilter(), count)


@then("the operator sees the entries")
def sees_entries(services: Services, datatable: Table) -> None:
    check_lists(services.shown, datatable)


@when(Phrase("the operator purges the log of what is older than {days:number} days"))
def purge(services: Services, days: int) -> None:
    services.operate(purge_logs, days)


@when("the operator makes a report of the latest log entry")
def report_latest(services: Services) -> None:
    services.shown = report_entry(_latest(services))


@when(Phrase('the operator makes a report of the log entry "{id}"'))
def report(services: Services, id: str) -> None:
    services.operate(find_entry, id)


@then("the report has exactly the fields")
def report_has_fields(services: Services, datatable: Table) -> None:
    check_fields(services.shown, datatable)


@then("the report holds")
def report_holds(services: Services, datatable: Table) -> None:
    check_holds(services.shown, datatable)


@then("the report holds what was sent byte for byte")
def report_holds_bytes(services: Services) -> None:
    assert isinstance(services.shown, dict)
    assert services.call is not None
    assert services.call.raw is not None
    assert str(services.shown["request_body"]).encode() == services.call.raw


def _latest(services: Services) -> LogEntry:
    (entry,) = _entries(services, LogFilter(), 1)
    return services.look(lambda work: find_entry(work, entry.id))


def _entries(services: Services, chosen: LogFilter, limit: int) -> list[LogEntry]:
    return services.look(lambda work: list(work.log.recent(chosen, limit)))


def _show(services: Services, chosen: LogFilter, limit: int = _MANY) -> None:
    entries: list[JsonObject] = [summarise_entry(entry) for entry in _entries(services, chosen, limit)]
    services.shown = list(entries)
