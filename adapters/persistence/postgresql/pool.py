"""The pool: a bounded number of threads, each with a connection of its own."""

from queue import SimpleQueue
from threading import Lock, Thread, get_ident
from time import monotonic
from typing import Final

from adapters.persistence.connection import Connection
from adapters.persistence.errors import DatabaseAway
from adapters.persistence.jobs import CallQueue, Job, settle_all
from adapters.persistence.postgresql.runner import Runner
from core.errors import ServiceUnavailable

MOST_WAITING: Final = 2000
WAITING_SECONDS: Final = 5.0
CLOSING_SECONDS: Final = 2.0


class Pool(CallQueue):
    """Calls wait their turn for a free connection: at most 2,000 of them, and none longer than 5 s."""

    def __init__(self, connections: list[Connection]) -> None:
        self._waiting: SimpleQueue[tuple[float, Job] | None] = SimpleQueue()
        self._is_closed = False
        self._lock = Lock()
        turns = Lock()
        self._threads = [
            Thread(target=self._serve, args=(Runner(one, turns),), name=f"postgresql-{number}", daemon=True)
            for number, one in enumerate(connections)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, job: Job) -> None:
        """Let a call wait its turn; ServiceUnavailable if too many do."""
        if any(thread.ident == get_ident() for thread in self._threads):
            raise RuntimeError("a call cannot wait for another call: none may be left to run it")
        with self._lock:
            if self._is_closed or self._waiting.qsize() >= MOST_WAITING:
                raise ServiceUnavailable
            self._waiting.put((monotonic(), job))

    def close(self) -> None:
        """Finish what waits, then end; a call that the database keeps longer than 2 s is left to itself."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                for _ in self._threads:
                    self._waiting.put(None)
        ends = monotonic() + CLOSING_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, ends - monotonic()))

    def _serve(self, runner: Runner) -> None:
        while taken := self._waiting.get():
            since, job = taken
            if monotonic() - since > WAITING_SECONDS:
                job.fail(ServiceUnavailable())
            else:
                _carry_out(runner, job)
            settle_all([job])
        runner.close()


def _carry_out(runner: Runner, job: Job) -> None:
    try:
        runner.carry_out(job)
    except DatabaseAway as error:
        job.fail(error)
    except Exception as error:  # noqa: BLE001 - whatever it was, nothing is durable and the thread must live
        runner.close()
        job.fail(error)
