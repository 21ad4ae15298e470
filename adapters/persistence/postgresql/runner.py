"""How a call becomes a transaction on PostgreSQL, run again where another was first."""

import random
import time
from threading import Lock
from typing import Final

from adapters.persistence.connection import Connection
from adapters.persistence.errors import DatabaseAway, UniqueViolated
from adapters.persistence.jobs import Job
from adapters.persistence.postgresql.errors import Conflict, ConnectionLost
from adapters.persistence.session import Session

MOST_ATTEMPTS: Final = 10
CALL_SECONDS: Final = 10.0
_LONGEST_PAUSE = 0.02
_LONGEST_TURN = 1.0


class Runner:
    """Runs calls on one connection, each in a transaction of its own.

    A call is run again, whole, when it lost against another transaction, or its connection broke before the
    commit was sent: up to 10 times within 10 s, after a random pause of up to 20 ms for each time before.
    Those that run again take turns of up to 1 s, so that a row which many change is not fought over.
    """

    def __init__(self, connection: Connection, turns: Lock) -> None:
        self._connection = connection
        self._turns = turns

    def carry_out(self, job: Job) -> None:
        """Run the call until it is committed or refused, or give up."""
        ends = time.monotonic() + CALL_SECONDS
        reason = self._attempt(job)
        for attempt in range(1, MOST_ATTEMPTS):
            if reason is None or time.monotonic() > ends:
                break
            time.sleep(random.uniform(0, _LONGEST_PAUSE * (attempt - 1)))
            reason = self._attempt_in_turn(job)
        if reason is not None:
            job.fail(reason)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _attempt_in_turn(self, job: Job) -> Exception | None:
        is_ours = self._turns.acquire(timeout=_LONGEST_TURN)
        try:
            return self._attempt(job)
        finally:
            if is_ours:
                self._turns.release()

    def _attempt(self, job: Job) -> Exception | None:
        """Run the call once; tell why it must be run again, or None."""
        work = self._connection.work()
        try:
            work.session.begin()
            job.carry_out(work)
        except BaseException as error:  # noqa: BLE001 - the call's transaction; it is raised to the caller
            return self._undo(work.session, job, error)
        if work.session.failure is not None:
            return self._undo(work.session, job, work.session.failure)
        return self._commit(work.session, job)

    def _commit(self, session: Session, job: Job) -> Exception | None:
        try:
            session.commit()
        except ConnectionLost as error:
            self._connection.close()
            job.fail(error)
        except (DatabaseAway, RuntimeError) as error:
            return self._undo(session, job, error)
        return None

    def _undo(self, session: Session, job: Job, error: BaseException) -> Exception | None:
        failure = session.failure
        session.rollback()
        if session.failure is not None:
            self._connection.close()
        match failure or error:
            case (Conflict() | ConnectionLost() | UniqueViolated()) as reason:
                return reason
            case final:
                job.fail(final)
                return None
