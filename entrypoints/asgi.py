"""The application of one process: its services, and what runs beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import attrs
import structlog
from structlog.typing import FilteringBoundLogger

from adapters.http.app import create_app
from adapters.http.asgi_types import ASGIApp, Receive, Scope, Send
from adapters.http.exchange import Exchange
from adapters.http.supervisor import end_with_parent
from entrypoints.bootstrap import Services, join_services
from entrypoints.log_setup import configure_logging
from entrypoints.retention import purging
from entrypoints.settings import Settings


def create_application(services: Services, logger: FilteringBoundLogger | None = None) -> ASGIApp:
    """Build the application on services that it closes when it shuts down."""
    log: FilteringBoundLogger = logger or structlog.get_logger()
    return create_app(
        exchange=Exchange(services.transactions, services.integration_call, log.bind()),
        clock=services.clock,
        ids=services.ids,
        changelog=services.changelog,
        logger=log,
        lifespan=[lambda _: keeping(services, log)],
    )


@asynccontextmanager
async def keeping(services: Services, logger: FilteringBoundLogger) -> AsyncIterator[None]:
    """While this is open, the log is kept; then the storage is closed."""
    try:
        async with purging(services.transactions, services.settings.log_retention_days, logger):
            yield
    finally:
        services.transactions.close()


@attrs.define
class Worker:
    """The application of one of several processes: it travels there as settings and is built on arrival.

    The schema is there and the secret known, so a worker starts also while the database is away.
    """

    settings: Settings
    cursor_secret: str = attrs.field(repr=False)
    _built: ASGIApp | None = attrs.field(default=None, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer (an ASGI application); the first message is the start of its process."""
        if self._built is None:
            configure_logging()
            end_with_parent()
            self._built = create_application(join_services(self.settings, self.cursor_secret))
        await self._built(scope, receive, send)
