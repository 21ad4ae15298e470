"""Group commit: calls that came together are one transaction."""

from collections.abc import Sequence
from threading import Lock, get_ident

from adapters.persistence.connection import Connection
from adapters.persistence.errors import DatabaseAway
from adapters.persistence.hope import UndoMissed
from adapters.persistence.jobs import Member
from core.errors import ServiceUnavailable
from core.ports.unit_of_work import UnitOfWork


class GroupCommit:
    """Runs the calls of a group, each in its savepoint, and commits once, one group after the other.

    The calls run without savepoints first, and all of them again with them where one has to be undone.
    A transaction that is not durable fails all of its calls; the next one gets a new connection.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._turn = Lock()
        self._at_work: int | None = None
        self._is_closed = False

    def carry_out(self, group: Sequence[Member]) -> None:
        """Run the calls in this thread; afterwards each has its result, durable, or its error."""
        self.refuse_inner_calls()
        with self._turn:
            self._at_work = get_ident()
            try:
                self._transact(group)
            except Exception as error:  # noqa: BLE001 - whatever it was, nothing is durable
                self._connection.close()
                for member in group:
                    member.fail(_unavailable(error))
            finally:
                self._at_work = None

    def refuse_inner_calls(self) -> None:
        """RuntimeError inside a call of a group: it would wait for itself."""
        if self._at_work == get_ident():
            raise RuntimeError("a call cannot wait for another call: one thread runs both")

    def close(self) -> None:
        """Let go of the connection, and fail whoever comes later."""
        with self._turn:
            self._is_closed = True
            self._connection.close()

    def _transact(self, group: Sequence[Member]) -> None:
        if self._is_closed:
            raise DatabaseAway
        work = self._connection.work()
        work.session.begin()
        try:
            with work.session.hoping():
                _attempt(group, work)
        except UndoMissed:
            work.session.rollback()
            work.session.begin()
            _attempt(group, work)
        work.session.commit()


def _attempt(group: Sequence[Member], work: UnitOfWork) -> None:
    for member in group:
        try:
            with work.savepoint():
                member.carry_out(work)
        except (DatabaseAway, UndoMissed):
            raise
        except BaseException as error:  # noqa: BLE001 - the call's savepoint; it is raised to the caller
            member.fail(error)


def _unavailable(error: Exception) -> ServiceUnavailable:
    refusal = ServiceUnavailable()
    refusal.__cause__ = error
    return refusal
