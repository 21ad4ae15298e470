"""The readers: a few connections that wait for no writer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TypeVar

from adapters.persistence.connection import Connection
from adapters.persistence.errors import DatabaseAway
from adapters.persistence.migrate import pending
from adapters.persistence.unit_of_work import PeeweeUnitOfWork
from core.errors import ServiceUnavailable
from core.ports.unit_of_work import UnitOfWork

T = TypeVar("T")
_MOST = 4


class Readers:
    """Lends each connection to one thread at a time; one more reader waits until another has done."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._idle: SimpleQueue[Connection] = SimpleQueue()
        self._is_closed = False
        for _ in range(_MOST):
            self._idle.put(connect())

    def read(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a call on what is committed by now, whatever is committed meanwhile."""
        with self._lent() as connection:
            work = _on_sound(connection, _begin)
            try:
                return call(work)
            finally:
                if work.session.failure is None:
                    work.session.rollback()

    def check(self) -> None:
        """DatabaseAway unless the database answers and its schema is the one this program needs."""
        with self._lent() as connection:
            _on_sound(connection, _check)

    def close(self) -> None:
        """Let readers finish, and let go of the connections."""
        self._is_closed = True
        connections = [self._idle.get() for _ in range(_MOST)]
        for connection in connections:
            connection.close()
            self._idle.put(connection)

    @contextmanager
    def _lent(self) -> Iterator[Connection]:
        connection = self._idle.get()
        try:
            if self._is_closed:
                raise ServiceUnavailable
            yield connection
        finally:
            self._idle.put(connection)


def _on_sound(connection: Connection, act: Callable[[PeeweeUnitOfWork], T]) -> T:
    """Act on the connection, or on a new one if it broke while it was idle."""
    was_open = connection.is_open
    try:
        return act(connection.work())
    except DatabaseAway:
        if not was_open:
            raise
        return act(connection.work())


def _begin(work: PeeweeUnitOfWork) -> PeeweeUnitOfWork:
    work.session.begin_reading()
    return work


def _check(work: PeeweeUnitOfWork) -> None:
    if pending(work.session):
        raise DatabaseAway
