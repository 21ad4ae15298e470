"""The backend as the front sees it: a process that carries calls out and is replaced when it ends."""

import asyncio
import socket
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final, Protocol

from structlog.typing import FilteringBoundLogger

from adapters.http.backend.link import Link
from adapters.http.backend.messages import from_call, to_answer
from adapters.http.exchange import Exchanging
from adapters.http.reply import Answered
from core.errors import ServiceUnavailable
from core.use_cases.call import Call

_LAST_SECONDS: Final = 2.0
_RESTART_SECONDS: Final = 1.0
_STUCK_SECONDS: Final = 30.0


class Process(Protocol):
    """A process that was started (as `multiprocessing` has it)."""

    @property
    @abstractmethod
    def exitcode(self) -> int | None:
        """How it ended; None while it runs."""

    @abstractmethod
    def join(self, timeout: float | None = None) -> None:
        """Wait for its end."""

    @abstractmethod
    def kill(self) -> None:
        """End it at once."""


class Backend(Exchanging):
    """Starts the process with one end of a socket, and asks it over the other.

    Calls wait in the socket while it starts. Those under way when it ends are told ServiceUnavailable, as
    nobody knows whether they are durable.
    """

    def __init__(self, start: Callable[[socket.socket], Process], logger: FilteringBoundLogger) -> None:
        self._start = start
        self._logger = logger
        self._link: Link
        self._process: Process
        self._lost = asyncio.Event()

    async def __call__(self, call: Call) -> Answered:
        """Answer when the call and its log entry are durable."""
        return to_answer(await self._link.ask(from_call(call)))

    async def ready(self) -> bool:
        """Whether the process lives, the storage answers and its schema is the one this program needs."""
        try:
            (is_ready,) = await self._link.ask(None)
        except ServiceUnavailable:
            return False
        return bool(is_ready)

    @asynccontextmanager
    async def running(self, _: object) -> AsyncIterator[None]:
        """The process runs while this is open, and finishes then what it has."""
        await self._connect()
        watching = [asyncio.create_task(self._replace()), asyncio.create_task(self._kill_stuck())]
        try:
            yield
        finally:
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            self._link.close()
            await asyncio.to_thread(self._end)

    async def _connect(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = await asyncio.to_thread(self._start, theirs)
            except OSError:
                ours.close()
                raise
        self._lost.clear()
        loop = asyncio.get_running_loop()
        self._link = Link(loop, self._lost.set)
        ours.settimeout(0)
        await loop.create_unix_connection(lambda: self._link, sock=ours)

    async def _replace(self) -> None:
        while await self._lost.wait():
            await asyncio.to_thread(self._end)
            self._logger.error("backend_replaced", exit_code=self._process.exitcode)
            await asyncio.sleep(_RESTART_SECONDS)
            try:
                await self._connect()
            except OSError as error:  # the machine has no room for a process; it is asked again
                self._logger.error("backend_not_started", reason=str(error))

    async def _kill_stuck(self) -> None:
        """A call that has no answer twice in a row belongs to a process that will not answer any more."""
        before: int | None = None
        while True:
            await asyncio.sleep(_STUCK_SECONDS)
            oldest = self._link.oldest
            if oldest is not None and oldest == before:
                self._logger.error("backend_stuck")
                self._process.kill()
            before = oldest

    def _end(self) -> None:
        self._process.join(_LAST_SECONDS)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
