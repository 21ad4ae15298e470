"""Two processes on one SQLite database: the front speaks HTTP, the backend carries calls out."""

import logging
import socket
from functools import partial
from multiprocessing import get_context

import structlog

from adapters.catalog.changelog import FileChangelog
from adapters.http.app import create_app
from adapters.http.asgi_types import ASGIApp
from adapters.http.backend.remote import Backend, Process
from adapters.http.backend.serving import serve_front
from adapters.http.exchange import Exchange
from adapters.http.failures import Failures
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from entrypoints.asgi import keeping
from entrypoints.bootstrap import join_services, prepare_services
from entrypoints.log_setup import configure_logging
from entrypoints.settings import Settings


def create_front(settings: Settings, level: int = logging.INFO) -> ASGIApp:
    """Make the database or bring it up to date, and build the application of the front.

    The backend, which logs from the level on, lives as long as the application.
    """
    logger = structlog.get_logger()
    backend = Backend(partial(_start, settings, prepare_services(settings), level), logger)
    return create_app(
        exchange=backend,
        clock=SystemClock(),
        ids=SystemIds(),
        changelog=FileChangelog.load(),
        logger=logger,
        lifespan=[backend.running],
    )


def _start(settings: Settings, secret: str, level: int, connection: socket.socket) -> Process:
    process = get_context("spawn").Process(
        target=_run, args=(settings, secret, level, connection), name="backend"
    )
    process.start()
    return process


def _run(settings: Settings, secret: str, level: int, connection: socket.socket) -> None:
    configure_logging(level=level)
    logger = structlog.get_logger().bind()
    services = join_services(settings, secret)
    serve_front(
        connection,
        Exchange(services.transactions, services.integration_call, logger),
        Failures(logger),
        keeping(services, logger),
    )
