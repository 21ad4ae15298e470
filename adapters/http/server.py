"""Serving the application with uvicorn."""

from typing import Final

import uvicorn
from litestar.types import ASGIApp

from adapters.http.protocol import GuardedProtocol

GRACE_SECONDS: Final = 8
IDLE_SECONDS: Final = 15
BACKLOG: Final = 2048


def serve_app(app: ASGIApp, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; calls under way have some seconds to finish."""
    uvicorn.Server(server_config(app, host, port)).run()


def server_config(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """No access log (the application writes a line per request), no Server header, no WebSockets."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=GuardedProtocol,
        ws="none",
        interface="asgi3",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
