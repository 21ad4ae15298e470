"""The writer: one thread per process that carries calls out and commits them in groups."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread, get_ident

from adapters.persistence.connection import Connection
from adapters.persistence.errors import DatabaseAway
from adapters.persistence.hope import UndoMissed
from adapters.persistence.jobs import CallQueue, Job, settle_all
from adapters.persistence.waiting import Line
from core.errors import ServiceUnavailable
from core.ports.unit_of_work import UnitOfWork

_MOST_TOGETHER = 64
_LONGEST_PAUSE_SECONDS = 0.01


class Writer(CallQueue):
    """Takes what waits, runs each call in its savepoint, commits once, and only then tells the callers.

    The calls run without savepoints first, and all of them again with them where one has to be undone.
    A transaction that is not durable fails all of its calls; the next one gets a new connection.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._line = Line("sqlite")
        self._computed = Event()
        self._thread = Thread(target=self._serve, name="sqlite-writer", daemon=True)
        self._thread.start()

    def put(self, jobs: Sequence[Job]) -> None:
        """Let calls wait for the writer."""
        if get_ident() == self._thread.ident:
            raise RuntimeError("a call cannot wait for another call: the writer runs both")
        self._line.put(jobs)

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Wait at the end until what was put inside is computed, but not until it is durable; never long."""
        self._computed.clear()
        yield
        self._computed.wait(_LONGEST_PAUSE_SECONDS)

    def close(self) -> None:
        """Finish what waits, then end."""
        self._line.close()
        self._thread.join()
        self._line.end()

    def _serve(self) -> None:
        while jobs := self._line.take(_MOST_TOGETHER):
            self._carry_out(jobs)
            settle_all(jobs)
        self._connection.close()

    def _carry_out(self, jobs: Sequence[Job]) -> None:
        try:
            self._transact(jobs)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing is durable and the thread must live
            self._connection.close()
            for job in jobs:
                job.fail(_unavailable(error))

    def _transact(self, jobs: Sequence[Job]) -> None:
        work = self._connection.work()
        work.session.begin()
        try:
            with work.session.hoping():
                _attempt(jobs, work)
        except UndoMissed:
            work.session.rollback()
            work.session.begin()
            _attempt(jobs, work)
        self._computed.set()
        work.session.commit()


def _attempt(jobs: Sequence[Job], work: UnitOfWork) -> None:
    for job in jobs:
        try:
            with work.savepoint():
                job.carry_out(work)
        except (DatabaseAway, UndoMissed):
            raise
        except BaseException as error:  # noqa: BLE001 - the call's savepoint; it is raised to the caller
            job.fail(error)


def _unavailable(error: Exception) -> ServiceUnavailable:
    refusal = ServiceUnavailable()
    refusal.__cause__ = error
    return refusal
