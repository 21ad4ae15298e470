"""The writer: a thread that takes the calls that wait and carries them out in groups."""

from collections.abc import Sequence
from threading import Thread
from typing import Final

from adapters.persistence.group_commit import GroupCommit
from adapters.persistence.jobs import CallQueue, Job, settle_all
from adapters.persistence.waiting import Line

MOST_TOGETHER: Final = 64


class Writer(CallQueue):
    """Takes what waits, and tells the callers when it is durable."""

    def __init__(self, commits: GroupCommit) -> None:
        self._commits = commits
        self._line = Line("sqlite")
        self._thread = Thread(target=self._serve, name="sqlite-writer", daemon=True)
        self._thread.start()

    def put(self, jobs: Sequence[Job]) -> None:
        """Let calls wait for the writer."""
        self._commits.refuse_inner_calls()
        self._line.put(jobs)

    def close(self) -> None:
        """Finish what waits, then end."""
        self._line.close()
        self._thread.join()
        self._line.end()

    def _serve(self) -> None:
        while jobs := self._line.take(MOST_TOGETHER):
            self._commits.carry_out(jobs)
            settle_all(jobs)
        self._commits.close()
