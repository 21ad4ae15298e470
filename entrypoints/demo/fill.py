"""Fills an empty database with the demo, by the same calls that partners and the warehouse make."""

import logging
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta

import attrs
import structlog
from structlog.typing import FilteringBoundLogger

from adapters.http.app import create_app
from adapters.http.exchange import Exchange
from core.ports.clock import Clock
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.keys import CreateKey, create_key
from core.use_cases.orders import find_order_by_number, ship_order, verify_order
from core.use_cases.partners import CreatePartner, create_partner
from entrypoints.bootstrap import Services
from entrypoints.demo.data import COUNTS, PARTNERS, SHIPPED, Request, Who, requests
from entrypoints.demo.in_process import InProcess

MARK = "demo"
_API = "/api/integrations/v1/"
_STEP = timedelta(minutes=41)
_BEFORE = timedelta(days=2)
Secrets = Mapping[Who, str]


@attrs.define
class PastClock(Clock):
    """A clock that is slow by what is told, so that the demo's records have a past."""

    clock: Clock
    slow_by: timedelta = _BEFORE

    def now(self) -> datetime:
        """The time in the past."""
        return self.clock.now() - self.slow_by


async def fill(services: Services, clock: PastClock) -> Secrets:
    """Make partners and keys, send every request, count and ship; the keys' secrets.

    Some minutes pass between any two requests.
    """
    transactions, logger = services.transactions, _only_faults()
    secrets = transactions.run(lambda work: _partners_and_keys(work, services))
    application = InProcess(
        create_app(
            exchange=Exchange(transactions, services.integration_call, logger),
            clock=clock,
            ids=services.ids,
            changelog=services.changelog,
            logger=logger,
        )
    )
    for request in requests():
        clock.slow_by -= _STEP
        await _send(application, request, secrets[request.who])
    await application.call("GET", f"{_API}orders/", {"x-api-key": secrets["demo"][:-1] + "?"})
    transactions.run(_warehouse)
    return secrets


def is_demo(transactions: Transactions) -> bool:
    """Whether the database was filled here."""
    return transactions.read(lambda work: work.settings.get(MARK)) is not None


def _only_faults() -> FilteringBoundLogger:
    logger: FilteringBoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr), wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)
    )
    return logger


def _partners_and_keys(work: UnitOfWork, services: Services) -> Secrets:
    work.settings.put_if_absent(MARK, "1")
    secrets: dict[Who, str] = {"demo": create_key(work, CreateKey("demo", test=True)).secret}
    for one in PARTNERS:
        create_partner(work, services.templates, CreatePartner(one.slug, one.name, one.template))
        secrets[one.who] = create_key(work, CreateKey(one.slug, partner=one.slug, test=True)).secret
    return secrets


async def _send(application: InProcess, request: Request, secret: str) -> None:
    headers = {"x-api-key": secret, "content-type": "application/json"}
    await application.call(request.method, _API + request.path, headers, request.document)


def _warehouse(work: UnitOfWork) -> None:
    for count in COUNTS:
        order = find_order_by_number(work, count.order_number, None)
        verify_order(work, order, count.sku, count.quantity)
    for number in SHIPPED:
        ship_order(work, find_order_by_number(work, number, None))
