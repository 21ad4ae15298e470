"""The HTTP application, put together from its parts."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from litestar import Litestar
from litestar.types import ASGIApp, ControllerRouterHandler
from structlog.typing import FilteringBoundLogger

from adapters.http.api.endpoints import api_endpoints
from adapters.http.body_room import BodyRoom
from adapters.http.deprecation import DEPRECATIONS, Deprecation
from adapters.http.exchange import Exchange, Exchanging, IntegrationCall
from adapters.http.failures import Failures
from adapters.http.front import Front
from adapters.http.in_flight import InFlight
from adapters.http.pages.changelog import changelog_handlers
from adapters.http.pages.docs import docs_handlers
from adapters.http.pages.health import health_handlers
from adapters.http.pages.templates import load_pages
from core.ports.catalog import ChangelogCatalog
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions

CALLS_OF_ONE_KEY = 50
CALLS_WITHOUT_KEY = 2
"""At once: all of them count on one row, and a flood of them must hold up nobody else."""
BODY_BYTES = 256 * 2**20
Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def create_app(
    *,
    transactions: Transactions,
    integration_call: IntegrationCall,
    clock: Clock,
    ids: IdSource,
    changelog: ChangelogCatalog,
    logger: FilteringBoundLogger,
    more_handlers: Sequence[ControllerRouterHandler] = (),
    lifespan: Sequence[Lifespan] = (),
    deprecations: Sequence[Deprecation] = DEPRECATIONS,
    calls_of_one_key: int = CALLS_OF_ONE_KEY,
    body_bytes: int = BODY_BYTES,
) -> ASGIApp:
    """The whole site as one ASGI application that carries calls out itself; `lifespan` runs around it."""
    return create_site(
        exchange=Exchange(transactions, integration_call, logger.bind(), deprecations),
        clock=clock,
        ids=ids,
        changelog=changelog,
        logger=logger,
        more_handlers=more_handlers,
        lifespan=lifespan,
        calls_of_one_key=calls_of_one_key,
        body_bytes=body_bytes,
    )


def create_site(
    *,
    exchange: Exchanging,
    clock: Clock,
    ids: IdSource,
    changelog: ChangelogCatalog,
    logger: FilteringBoundLogger,
    more_handlers: Sequence[ControllerRouterHandler] = (),
    lifespan: Sequence[Lifespan] = (),
    calls_of_one_key: int = CALLS_OF_ONE_KEY,
    body_bytes: int = BODY_BYTES,
) -> ASGIApp:
    """The whole site, wherever its calls are carried out.

    The logger is bound once: structlog looks a lazy one up again for every line.
    """
    logger = logger.bind()
    failures = Failures(logger)
    in_flight = InFlight(calls_of_one_key, CALLS_WITHOUT_KEY)
    endpoints = api_endpoints(exchange, in_flight, BodyRoom(body_bytes), failures)
    pages = load_pages()
    handlers: list[ControllerRouterHandler] = [
        *health_handlers(exchange),
        *changelog_handlers(changelog, pages),
        *docs_handlers(pages),
        *more_handlers,
    ]
    site = Litestar(
        handlers,
        exception_handlers={Exception: failures.handle},
        lifespan=list(lifespan),
        logging_config=None,
        openapi_config=None,
        request_max_body_size=None,
    )
    return Front(endpoints, site, clock, ids, logger)
