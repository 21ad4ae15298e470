"""The line in which calls wait for their turn: bounded in length and in time."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic

from adapters.persistence.jobs import Job, settle_all
from core.errors import ServiceUnavailable

MOST_WAITING = 2000
WAITING_SECONDS = 5.0
_LOOK_SECONDS = 0.2


class Line:
    """At most 2,000 calls wait, and none longer than 5 s, whatever those before it are kept by.

    Each has a number. Who takes the number out of `_waiting` has the call: a taker, or who refuses the late.
    """

    def __init__(self, name: str) -> None:
        self._numbers = count()
        self._order: SimpleQueue[int | None] = SimpleQueue()
        self._waiting: dict[int, tuple[float, Job]] = {}
        self._is_closed = False
        self._ended = Event()
        self._lock = Lock()
        Thread(target=self._refuse_late, name=f"{name}-line", daemon=True).start()

    def put(self, jobs: Sequence[Job]) -> None:
        """Let calls wait; ServiceUnavailable is told to those for which there is no room."""
        with self._lock:
            room = 0 if self._is_closed else MOST_WAITING - len(self._waiting)
            since = monotonic()
            for job, number in zip(jobs[:room], self._numbers, strict=False):
                self._waiting[number] = (since, job)
                self._order.put(number)
        _refuse(jobs[room:])

    def take(self, most: int) -> list[Job]:
        """Wait for a call and take those behind it, so many altogether; nothing once the line is closed."""
        jobs: list[Job] = []
        with suppress(Empty):
            while len(jobs) < most:
                number = self._order.get(not jobs)
                if number is None:
                    self._order.put(None)
                    break
                if waiting := self._waiting.pop(number, None):
                    jobs.append(waiting[1])
        return jobs

    def close(self) -> None:
        """Take no more calls; those that wait are still handed out."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                self._order.put(None)

    def end(self) -> None:
        """Nobody takes calls any more."""
        self._ended.set()

    def _refuse_late(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            _refuse(self._late())

    def _late(self) -> list[Job]:
        """Those that have waited too long, taken out of the line."""
        limit = monotonic() - WAITING_SECONDS
        with self._lock:
            numbers = [number for number, (since, _) in self._waiting.copy().items() if since < limit]
        taken = [self._waiting.pop(number, None) for number in numbers]
        return [waiting[1] for waiting in taken if waiting is not None]


def _refuse(jobs: Sequence[Job]) -> None:
    for job in jobs:
        job.fail(ServiceUnavailable())
    settle_all(jobs)
