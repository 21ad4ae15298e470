"""The calls of one turn of an event loop, handed over together."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from adapters.persistence.jobs import CallJob, CallQueue, Job
from core.ports.unit_of_work import UnitOfWork

T = TypeVar("T")


class Turns:
    """Gathers the calls that an event loop makes in one turn; one of these serves one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, queue: CallQueue) -> None:
        self.loop = loop
        self._queue = queue
        self._gathered: list[Job] = []

    def add(self, call: Callable[[UnitOfWork], T]) -> asyncio.Future[T]:
        """Let the call wait for the end of the turn; the future tells what became of it."""
        future: asyncio.Future[T] = self.loop.create_future()
        if not self._gathered:
            self.loop.call_soon(self.hand_over)
        self._gathered.append(CallJob(call, future=future, loop=self.loop))
        return future

    def hand_over(self) -> None:
        """Let the queue have what was gathered."""
        gathered, self._gathered = self._gathered, []
        self._queue.put(gathered)
