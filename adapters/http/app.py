"""The HTTP application, put together from its parts."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from litestar import Litestar
from litestar.types import ASGIApp, ControllerRouterHandler
from structlog.typing import FilteringBoundLogger

from adapters.http.api.endpoints import api_endpoints
from adapters.http.body_room import BodyRoom
from adapters.http.exchange import Exchanging
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

CALLS_OF_ONE_KEY = 50
CALLS_WITHOUT_KEY = 2
"""At once: all of them count on one row, and a flood of them must hold up nobody else."""
BODY_BYTES = 256 * 2**20
Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def create_app(
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
    """The whole site as one ASGI application, wherever its calls are carried out; `lifespan` runs around it.

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
