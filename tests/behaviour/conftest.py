"""Makes the world of a scenario, once on every storage, and keeps the specification strict."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
import structlog
from pytest_bdd.parser import Feature, Scenario
from structlog.typing import EventDict, FilteringBoundLogger

from adapters.catalog.templates import FileTemplates
from adapters.http.exchange import Exchange
from core.entities.cursor import CursorSigner
from core.ports.unit_of_work import Transactions
from core.use_cases.integration_call import IntegrationCalls
from tests.behaviour.strictness import STEP_MODULES, refuse_ambiguity
from tests.support.clock import SettableClock

pytest.register_assert_rewrite("tests.behaviour.checks", "tests.behaviour.services")

from tests.behaviour.callers import Callers  # noqa: E402 - after the rewriting of their assertions is set up
from tests.behaviour.services import Services  # noqa: E402 - as above
from tests.behaviour.stock import Stock  # noqa: E402 - as above


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "changelog(entry): the entry of the changelog that a scenario holds")
    for module in STEP_MODULES:
        config.pluginmanager.import_plugin(module)


def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool | None:
    kind, _, entry = tag.partition("-")
    if kind != "changelog":
        return None
    pytest.mark.changelog(entry)(function)
    return True


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Feature, scenario: Scenario) -> None:
    refuse_ambiguity(scenario)


@pytest.fixture(scope="session")
def templates() -> FileTemplates:
    return FileTemplates()


@pytest.fixture(autouse=True)
def services(
    transactions: Transactions, clock: SettableClock, templates: FileTemplates
) -> Iterator[Services]:
    alerts: list[str] = []
    calls = IntegrationCalls(CursorSigner(b"the server's secret"))
    exchange = Exchange(transactions, calls, _logger(alerts))
    callers, stock = Callers(transactions, templates), Stock(transactions)
    with asyncio.Runner() as loop:
        yield Services(transactions, exchange, templates, clock, callers, stock, loop, alerts)


def _logger(alerts: list[str]) -> FilteringBoundLogger:
    """Keeps alerts; a fault, which is a bug of ours, ends the scenario."""

    def hear(_: object, __: str, event: EventDict) -> EventDict:
        if event["event"] == "fault":
            raise event["exc_info"]
        alerts.append(event["alert"])
        raise structlog.DropEvent

    logger: FilteringBoundLogger = structlog.wrap_logger(
        None, processors=[hear], wrapper_class=structlog.make_filtering_bound_logger(0)
    )
    return logger
