"""Several processes behind one port: who dies is replaced, and all of them end together."""

import os
import signal
import time
from multiprocessing import connection, parent_process
from socket import socket
from threading import Thread

from litestar.types import ASGIApp
from structlog.typing import FilteringBoundLogger
from uvicorn.config import Config
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

from adapters.http.connection_limits import ConnectionLimits
from adapters.http.server import LAST_SECONDS, server_config


def serve_processes(
    app: ASGIApp, host: str, port: int, workers: int, limits: ConnectionLimits, logger: FilteringBoundLogger
) -> None:
    """Serve until SIGTERM or SIGINT."""
    config = server_config(app, host, port, limits)
    config.workers = workers
    Supervisor(config, [config.bind_socket()], logger).run()


def end_with_parent() -> None:
    """Let this worker end in good order when its supervisor dies: it would hold the port for ever."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_await_end, args=(parent.sentinel,), name="parent-watch", daemon=True).start()


class Supervisor(Multiprocess):
    """Replaces the workers that ended, and only those.

    uvicorn's own also kills a worker that does not answer it within 5 s, as one does not that starts on a
    busy machine, hears no signal while it waits for that, and gives up when one cannot start.
    """

    def __init__(self, config: Config, sockets: list[socket], logger: FilteringBoundLogger) -> None:
        super().__init__(config, sockets)
        self._logger = logger

    def keep_subprocess_alive(self) -> None:
        """Replace those that ended."""
        for index, process in enumerate(self.processes):
            if not process.process.is_alive():
                process.kill()  # it lets go of its pipes
                process.join()
                self._logger.warning("worker_replaced", pid=process.pid, exit_code=process.exitcode)
                self.processes[index] = Process(self.config, self.sockets)
                self.processes[index].start()

    def terminate_all(self) -> None:
        """End them all; the port is left first, so that nobody waits at it in vain."""
        for one in self.sockets:
            one.close()
        super().terminate_all()

    def join_all(self) -> None:
        """Wait for them, and kill those that take too long."""
        ends = time.monotonic() + LAST_SECONDS
        for process in self.processes:
            process.process.join(max(0.0, ends - time.monotonic()))
            if process.process.is_alive():
                process.process.kill()
                process.process.join()


def _await_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
