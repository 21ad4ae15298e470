"""A real server in a process of its own, on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from types import TracebackType

import attrs

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "entrypoints")
_PATIENCE = 30.0


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def datamingle(
    *arguments: str,
    database: str | None = None,
    environment: Mapping[str, str] = {},
    patience: float = _PATIENCE * 2,
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=child_environment(database, environment),
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
        cwd=ROOT,
    )


def child_environment(database: str | None, more: Mapping[str, str] = {}) -> dict[str, str]:
    """This process's environment, without settings of Datamingle's but those given."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DATAMINGLE_")}
    own["PYTHONPATH"] = str(ROOT)
    if database is not None:
        own["DATAMINGLE_DATABASE_URL"] = database
    return own | dict(more)


@attrs.define
class RunningServer:
    """`datamingle serve`, ready to answer."""

    database: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path | None = None

    @classmethod
    def start(
        cls, database: str, *, log: Path | None = None, options: Sequence[str] = (), port: int | None = None
    ) -> "RunningServer":
        """Start a server on the database and wait until it is ready."""
        server = cls.launch(database, log=log, options=options, port=port)
        server.wait_until_ready()
        return server

    @classmethod
    def launch(
        cls,
        database: str,
        *,
        log: Path | None = None,
        options: Sequence[str] = (),
        port: int | None = None,
        command: Sequence[str] = COMMAND,
    ) -> "RunningServer":
        """Start a server on the database, in a group of processes of its own, and wait for nothing."""
        port = port or free_port()
        with log.open("ab") if log is not None else nullcontext(subprocess.DEVNULL) as stream:
            process = subprocess.Popen(
                [*command, "serve", *options, "--port", str(port)],
                env=child_environment(database),
                stdout=stream,
                stderr=stream,
                cwd=ROOT,
                start_new_session=True,
            )
        return cls(database, port, process, log)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def wait_until_ready(self) -> None:
        """Return when it answers /readyz with 200."""
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}: {self.said()}")
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        self.kill()
        raise TimeoutError(f"the server was not ready in {_PATIENCE} s: {self.said()}")

    def said(self) -> str:
        """What it wrote to its log."""
        return self.log.read_text("utf-8", "replace")[-4000:] if self.log is not None else ""

    def said_about(self, text: str) -> str:
        """The same, once the text stands there: a line is written after its answer has left."""
        ends = time.monotonic() + _PATIENCE
        while text not in self.said() and time.monotonic() < ends:
            time.sleep(0.01)
        return self.said()

    def kill(self) -> None:
        """SIGKILL to all of its processes: nothing is finished, nothing is flushed."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """SIGTERM, and wait for the orderly end."""
        self.process.terminate()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def __enter__(self) -> "RunningServer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.stop()
        self.kill()  # a process of its group may be left
