"""Calls that wait for their turn, and how their callers are told."""

import asyncio
import concurrent.futures
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

import attrs

from core.ports.unit_of_work import UnitOfWork

T = TypeVar("T")


class Member(Protocol):
    """A call that may be one of a group."""

    @abstractmethod
    def carry_out(self, work: UnitOfWork) -> None:
        """Run the call and keep its result."""

    @abstractmethod
    def fail(self, error: BaseException) -> None:
        """Keep the error instead of a result."""


class Job(Member, Protocol):
    """A call whose caller waits in an event loop, or in a thread."""

    loop: asyncio.AbstractEventLoop | None

    @abstractmethod
    def settle(self) -> None:
        """Tell the caller, unless it went away."""


class CallQueue(Protocol):
    """Carries calls out, each when it is its turn, and tells their callers."""

    @abstractmethod
    def put(self, jobs: Sequence[Job]) -> None:
        """Let calls wait their turn; those that are too many or wait too long are told ServiceUnavailable."""

    @abstractmethod
    def close(self) -> None:
        """Finish what waits, then end."""


@attrs.define(eq=False)
class Attempt(Member, Generic[T]):
    """A call and what came of it."""

    call: Callable[[UnitOfWork], T]
    _results: list[T] = attrs.field(factory=list, init=False)
    error: BaseException | None = attrs.field(default=None, init=False)

    def carry_out(self, work: UnitOfWork) -> None:
        """Run the call and keep its result."""
        self.error = None
        self._results[:] = [self.call(work)]

    def fail(self, error: BaseException) -> None:
        """Keep the error instead of a result; no future takes a StopIteration."""
        self.error = error
        if isinstance(error, StopIteration):
            self.error = RuntimeError("the call raised StopIteration")
            self.error.__cause__ = error

    @property
    def outcome(self) -> T | BaseException:
        """What the call returned or raised."""
        return self._results[0] if self.error is None else self.error


@attrs.define(eq=False)
class CallJob(Attempt[T], Job):
    """A call whose caller waits for a future."""

    future: asyncio.Future[T] | concurrent.futures.Future[T] = attrs.field(kw_only=True)
    loop: asyncio.AbstractEventLoop | None = None

    def settle(self) -> None:
        """Tell the caller, unless it went away."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self._results[0])


def settle_all(jobs: Sequence[Job]) -> None:
    """Tell every caller, those of one event loop in one go."""
    by_loop: defaultdict[asyncio.AbstractEventLoop | None, list[Job]] = defaultdict(list)
    for job in jobs:
        by_loop[job.loop].append(job)
    for loop, some in by_loop.items():
        if loop is None:
            _settle(some)
        else:
            with suppress(RuntimeError):  # the loop is closed: nobody waits there any more
                loop.call_soon_threadsafe(_settle, some)


def _settle(jobs: Sequence[Job]) -> None:
    for job in jobs:
        job.settle()
