"""Transactions: calls wait their turn in a queue, reads go past it."""

import asyncio
import concurrent.futures
from collections.abc import Awaitable, Callable
from typing import TypeVar

from adapters.persistence.connection import Connection
from adapters.persistence.database import DatabaseFile
from adapters.persistence.jobs import CallJob, CallQueue
from adapters.persistence.readers import Readers
from adapters.persistence.turns import Groups, Turns
from adapters.persistence.writer import Writer
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
        turns_of: Callable[[asyncio.AbstractEventLoop], Turns] | None = None,
    ) -> None:
        self._queue = queue
        self._turns_of = turns_of or (lambda loop: Turns(loop, queue))
        self._turns: Turns | None = None
        self._readers = readers

    def run(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a call and wait for it."""
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        self._queue.put([CallJob(call, future)])
        return future.result()

    def submit(self, call: Callable[[UnitOfWork], T]) -> Awaitable[T]:
        """Run a call without blocking the running event loop; to be used inside one."""
        loop = asyncio.get_running_loop()
        if self._turns is None or self._turns.loop is not loop:
            self._turns = self._turns_of(loop)
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


class SqliteTransactions(QueuedTransactions):
    """One writer that commits in groups, and a few readers."""

    def __init__(self, file: DatabaseFile, clock: Clock, ids: IdSource) -> None:
        writer = Writer(Connection(file, clock, ids))
        super().__init__(
            writer,
            Readers(lambda: Connection(file, clock, ids, read_only=True)),
            lambda loop: Groups(loop, writer),
        )
