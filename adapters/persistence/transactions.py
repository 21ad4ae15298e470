"""Transactions: calls wait their turn in a queue, reads go past it."""

import asyncio
import concurrent.futures
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from adapters.persistence.connection import Connection
from adapters.persistence.database import DatabaseFile
from adapters.persistence.group_commit import GroupCommit
from adapters.persistence.jobs import Attempt, CallJob, CallQueue
from adapters.persistence.readers import Readers
from adapters.persistence.turns import Turns
from adapters.persistence.writer import MOST_TOGETHER, Writer
from core.errors import BadSetting, ServiceUnavailable
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions, UnitOfWork

T = TypeVar("T")


class QueuedTransactions(Transactions):
    """Runs calls, each in a transaction of its own, and answers when it is durable."""

    def __init__(
        self,
        queue: CallQueue,
        readers: Readers,
    ) -> None:
        self._queue = queue
        self._turns: Turns | None = None
        self._readers = readers

    def run(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a call and wait for it."""
        return self._put([call])[0].result()

    def run_together(self, calls: Sequence[Callable[[UnitOfWork], T]]) -> list[T | BaseException]:
        """Run calls that came at the same time, and wait for all: of each its result or what it raised."""
        return [future.exception() or future.result() for future in self._put(calls)]

    def submit(self, call: Callable[[UnitOfWork], T]) -> Awaitable[T]:
        """Run a call without blocking the running event loop; to be used inside one."""
        loop = asyncio.get_running_loop()
        if self._turns is None or self._turns.loop is not loop:
            self._turns = Turns(loop, self._queue)
        return self._turns.add(call)

    def read(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a call that only reads, on a consistent view, waiting for no writer."""
        return self._readers.read(call)

    def ready(self) -> bool:
        """Whether the storage answers and its schema is the one this program needs."""
        try:
            self._readers.check()
        except (ServiceUnavailable, BadSetting):
            return False
        return True

    def close(self) -> None:
        """Finish what was submitted and let go of the storage."""
        if self._turns is not None:
            self._turns.hand_over()
        self._queue.close()
        self._readers.close()

    def _put(self, calls: Sequence[Callable[[UnitOfWork], T]]) -> list[concurrent.futures.Future[T]]:
        futures: list[concurrent.futures.Future[T]] = [concurrent.futures.Future() for _ in calls]
        jobs = [CallJob(call, future=future) for call, future in zip(calls, futures, strict=True)]
        self._queue.put(jobs)
        return futures


class SqliteTransactions(QueuedTransactions):
    """One connection that commits in groups, and a few that read."""

    def __init__(self, file: DatabaseFile, clock: Clock, ids: IdSource) -> None:
        self._commits = GroupCommit(Connection(file, clock, ids))
        super().__init__(Writer(self._commits), Readers(lambda: Connection(file, clock, ids, read_only=True)))

    def run_together(self, calls: Sequence[Callable[[UnitOfWork], T]]) -> list[T | BaseException]:
        """Run calls that came at the same time, in this thread: it spares them the way to the writer's."""
        attempts = [Attempt(call) for call in calls]
        for start in range(0, len(attempts), MOST_TOGETHER):
            self._commits.carry_out(attempts[start : start + MOST_TOGETHER])
        return [attempt.outcome for attempt in attempts]
