"""The calls of one turn of an event loop, handed over together."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from adapters.persistence.jobs import CallJob, CallQueue, Job
from adapters.persistence.writer import Writer
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
            self._await_end()
        self._gathered.append(CallJob(call, future, self.loop))
        return future

    def hand_over(self) -> None:
        """Let the queue have what was gathered."""
        gathered, self._gathered = self._gathered, []
        self._queue.put(gathered)

    def _await_end(self) -> None:
        self.loop.call_soon(self.hand_over)


class Groups(Turns):
    """The same for a writer in a thread, one group after the other.

    The writer needs the interpreter as much as the loop does, and would fight the loop for it statement by
    statement. So the loop gives way while the writer computes a group, for at most 10 ms, and goes on while
    the group is made durable: it answers the group before and gathers the next one, which the writer gets as
    soon as the first caller of this one is told.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, writer: Writer) -> None:
        super().__init__(loop, writer)
        self._writer = writer
        self._first: asyncio.Future[object] | None = None
        self._under_way: asyncio.Future[object] | None = None

    def add(self, call: Callable[[UnitOfWork], T]) -> asyncio.Future[T]:
        """Let the call wait for the end of the group before it."""
        is_first = not self._gathered
        future = super().add(call)
        if is_first:
            self._first = future  # type: ignore[assignment]  # only asked whether it is done
        return future

    def hand_over(self) -> None:
        """Let the writer have the group, and give way to it."""
        if not self._gathered or self._first is None:
            return
        self._under_way = self._first
        self._under_way.add_done_callback(self._go_on)
        with self._writer.undisturbed():
            super().hand_over()

    def _await_end(self) -> None:
        if self._under_way is None or self._under_way.done():
            super()._await_end()

    def _go_on(self, _: asyncio.Future[object]) -> None:
        self.hand_over()
