"""The calls of one turn of an event loop, handed to the writer together."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from adapters.persistence.jobs import CallJob, Job
from core.errors import ServiceUnavailable
from core.ports.unit_of_work import UnitOfWork

T = TypeVar("T")


class Turns:
    """Gathers the calls that an event loop makes in one turn; one of these serves one event loop.

    The writer needs the interpreter as much as the loop does: woken by the first call of many, it would fight
    the loop for it statement by statement. Handed over when the turn is through, it finds all of them.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, put: Callable[[Job], None]) -> None:
        self.loop = loop
        self._put = put
        self._gathered: list[Job] = []

    def add(self, call: Callable[[UnitOfWork], T]) -> asyncio.Future[T]:
        """Let the call wait for the end of the turn; the future tells what became of it."""
        future: asyncio.Future[T] = self.loop.create_future()
        if not self._gathered:
            self.loop.call_soon(self.hand_over)
        self._gathered.append(CallJob(call, future, self.loop))
        return future

    def hand_over(self) -> None:
        """Let the writer have what was gathered."""
        gathered, self._gathered = self._gathered, []
        for job in gathered:
            try:
                self._put(job)
            except ServiceUnavailable as refusal:
                job.fail(refusal)
                job.settle()
