"""The servers that stand on one database."""

import time
from pathlib import Path
from types import TracebackType

import attrs

from tests.soak.databases import Database
from tests.support.running_server import RunningServer


@attrs.define
class Servers:
    """They start together."""

    running: list[RunningServer]
    processes: int

    @classmethod
    def start(cls, database: Database, log: Path, turn: int = 0) -> "Servers":
        """Start those of the turn's layout and wait until they are ready."""
        layout = database.layouts[turn % len(database.layouts)]
        running = [RunningServer.launch(database.url, log=log, options=options) for options in layout]
        return cls(running, sum(int(options[1]) if options else 1 for options in layout)).ready()

    def ready(self) -> "Servers":
        """Wait until all are ready."""
        try:
            for server in self.running:
                server.wait_until_ready()
        except BaseException:
            self.kill()
            raise
        return self

    def port_of(self, client: int) -> int:
        """Where a client goes: they are spread."""
        return self.running[client % len(self.running)].port

    def kill(self) -> None:
        """SIGKILL to every process."""
        for server in self.running:
            server.kill()

    def terminate(self) -> None:
        """SIGTERM to every server."""
        for server in self.running:
            server.process.terminate()

    def wait(self, seconds: float) -> float:
        """Wait for all to end; tell after how many seconds, or TimeoutExpired."""
        began = time.monotonic()
        for server in self.running:
            server.process.wait(seconds - (time.monotonic() - began))
        return time.monotonic() - began

    def __enter__(self) -> "Servers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.kill()
