"""Serving the application with uvicorn."""

import os
from threading import Timer
from types import FrameType
from typing import Final

import uvicorn
from litestar.types import ASGIApp

from adapters.http.connection_limits import ConnectionLimits
from adapters.http.guarded_config import GuardedConfig
from adapters.http.protocol import GuardedProtocol
from adapters.http.watch import Watch

GRACE_SECONDS: Final = 7
LAST_SECONDS: Final = 9.0
BACKLOG: Final = 4096


class PunctualServer(uvicorn.Server):
    """Has ended 9 s after it was told to, whatever the database keeps it waiting for.

    Calls under way have 7 s of them. Nothing is lost by an end that is forced: what was answered is durable.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        if not self.should_exit:
            last = Timer(LAST_SECONDS, os._exit, (1,))
            last.daemon = True
            last.start()
        super().handle_exit(sig, frame)


def serve_app(app: ASGIApp, host: str, port: int, limits: ConnectionLimits) -> None:
    """Serve until SIGTERM or SIGINT; calls under way have some seconds to finish."""
    PunctualServer(server_config(app, host, port, limits)).run()


def server_config(app: ASGIApp, host: str, port: int, limits: ConnectionLimits) -> GuardedConfig:
    """No access log (the application writes a line per request), no Server header, no WebSockets."""
    config = GuardedConfig(
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
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    config.watch = Watch(limits)
    return config
