"""Serving: a front and its backend on SQLite, one process or several on PostgreSQL, behind one port."""

import errno
import socket
from collections.abc import Callable

import attrs
import structlog
from structlog.typing import FilteringBoundLogger

from adapters.http.asgi_types import ASGIApp
from adapters.http.connection_limits import ConnectionLimits
from adapters.http.server import serve_app
from adapters.http.supervisor import serve_processes
from adapters.persistence.storage import is_postgresql, server_lock
from core.errors import BadSetting
from entrypoints.asgi import Worker, create_application
from entrypoints.backend import create_front
from entrypoints.bootstrap import open_services, prepare_services
from entrypoints.log_setup import configure_logging
from entrypoints.open_files import fit, raise_file_limit
from entrypoints.settings import Settings


def serve(settings: Settings, host: str, port: int, workers: int, announce: Callable[[], None]) -> None:
    """Migrate, announce, serve until SIGTERM or Ctrl-C; BadSetting tells why this cannot be."""
    refuse_workers(settings.database_url, workers)
    refuse_taken(host, port)
    with server_lock(settings.database_url):
        configure_logging()
        settings = attrs.evolve(settings, limits=granted_limits(settings.limits))
        if workers == 1:
            app = create_server(settings)
            announce()
            serve_app(app, host, port, settings.limits)
        else:
            secret = prepare_services(settings)
            announce()
            serve_processes(
                Worker(settings, secret), host, port, workers, settings.limits, structlog.get_logger()
            )


def create_server(settings: Settings) -> ASGIApp:
    """What serves alone: on SQLite a front and its backend, which share the work of two processors."""
    if is_postgresql(settings.database_url):
        return create_application(open_services(settings))
    return create_front(settings)


def granted_limits(limits: ConnectionLimits) -> ConnectionLimits:
    """As many connections as are wanted, where the operating system has files for them."""
    granted = fit(limits, raise_file_limit())
    if granted != limits:
        log: FilteringBoundLogger = structlog.get_logger()
        log.warning("connections", wanted=limits.connections, granted=granted.connections, by="ulimit -n")
    return granted


def refuse_workers(database_url: str, workers: int) -> None:
    """SQLite has one writer, so one server has one backend."""
    if workers > 1 and database_url.startswith("sqlite"):
        raise BadSetting(
            f"--workers {workers}: a SQLite database has one writer, so more workers would only wait for it; "
            "leave --workers out, or use PostgreSQL"
        )


def refuse_taken(host: str, port: int) -> None:
    """BadSetting unless this process could listen there."""
    problem = listening_problem(host, port)
    if problem is not None:
        raise BadSetting(problem)


def listening_problem(host: str, port: int) -> str | None:
    """Why nobody can listen there now, as a sentence; None if one can."""
    try:
        ((family, _, _, _, address), *_) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"port {port} of {host} is in use; choose another with --port"
        return f"cannot listen on port {port} of {host}: {error.strerror or error}"
    return None
