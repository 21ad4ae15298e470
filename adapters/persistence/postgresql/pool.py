"""The pool: a bounded number of threads, each with a connection of its own."""

from collections.abc import Sequence
from threading import Lock, Thread, get_ident
from time import monotonic
from typing import Final

from adapters.persistence.connection import Connection
from adapters.persistence.errors import DatabaseAway
from adapters.persistence.jobs import CallQueue, Job, settle_all
from adapters.persistence.postgresql.runner import Runner
from adapters.persistence.waiting import Line

CLOSING_SECONDS: Final = 2.0


class Pool(CallQueue):
    """Calls wait their turn for a free connection."""

    def __init__(self, connections: list[Connection]) -> None:
        self._line = Line("postgresql")
        turns = Lock()
        self._threads = [
            Thread(target=self._serve, args=(Runner(one, turns),), name=f"postgresql-{number}", daemon=True)
            for number, one in enumerate(connections)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, jobs: Sequence[Job]) -> None:
        """Let calls wait for a free connection."""
        if any(thread.ident == get_ident() for thread in self._threads):
            raise RuntimeError("a call cannot wait for another call: none may be left to run it")
        self._line.put(jobs)

    def close(self) -> None:
        """Finish what waits, then end; a call that the database keeps longer than 2 s is left to itself."""
        self._line.close()
        ends = monotonic() + CLOSING_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, ends - monotonic()))
        self._line.end()

    def _serve(self, runner: Runner) -> None:
        while jobs := self._line.take(1):
            for job in jobs:
                _carry_out(runner, job)
            settle_all(jobs)
        runner.close()


def _carry_out(runner: Runner, job: Job) -> None:
    try:
        runner.carry_out(job)
    except DatabaseAway as error:
        job.fail(error)
    except Exception as error:  # noqa: BLE001 - whatever it was, nothing is durable and the thread must live
        runner.close()
        job.fail(error)
