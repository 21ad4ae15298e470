"""Transactions on a state in memory, one after another."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from threading import Lock
from typing import TypeVar

from adapters.memory.state import State
from adapters.memory.unit_of_work import MemoryUnitOfWork
from core.errors import ServiceUnavailable
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions, UnitOfWork

T = TypeVar("T")


class MemoryTransactions(Transactions):
    """Runs each call at once, on a copy that takes the state's place if it succeeds."""

    def __init__(self, clock: Clock, ids: IdSource) -> None:
        self._clock = clock
        self._ids = ids
        self._state = State()
        self._lock = Lock()
        self._is_open = True

    def run(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a call and wait for it."""
        with self._lock:
            work = self._work()
            result = call(work)
            self._state = work.state
            return result

    def run_together(self, calls: Sequence[Callable[[UnitOfWork], T]]) -> list[T | BaseException]:
        """Run calls one after the other: of each its result or what it raised."""
        return [self._outcome(call) for call in calls]

    def submit(self, call: Callable[[UnitOfWork], T]) -> Awaitable[T]:
        """Run a call; to be used inside an event loop."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        try:
            future.set_result(self.run(call))
        except StopIteration:
            future.set_exception(RuntimeError("the call raised StopIteration"))
        except Exception as error:  # noqa: BLE001 - the call's savepoint; it is raised where the future is awaited
            future.set_exception(error)
        return future

    def read(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a call that only reads, on what is committed by now."""
        return call(self._work())

    def ready(self) -> bool:
        """Until it is closed."""
        return self._is_open

    def close(self) -> None:
        """Take no more calls."""
        self._is_open = False

    def _outcome(self, call: Callable[[UnitOfWork], T]) -> T | BaseException:
        try:
            return self.run(call)
        except Exception as error:  # noqa: BLE001 - the call's savepoint; its caller is told
            return error

    def _work(self) -> MemoryUnitOfWork:
        if not self._is_open:
            raise ServiceUnavailable
        return MemoryUnitOfWork(self._state.copy(), self._clock, self._ids)
