"""A connection that mends itself, and the unit of work on it."""

from abc import abstractmethod
from contextlib import suppress
from typing import Protocol

import apsw
from peewee import PeeweeException

from adapters.persistence.errors import DatabaseAway
from adapters.persistence.migrate import pending
from adapters.persistence.session import Session
from adapters.persistence.unit_of_work import PeeweeUnitOfWork
from core.ports.clock import Clock
from core.ports.id_source import IdSource


class Source(Protocol):
    """Where connections come from."""

    @abstractmethod
    def open(self, *, read_only: bool = False) -> Session:
        """A new connection; DatabaseAway where there is none to be had."""

    def open_work(self, clock: Clock, ids: IdSource, *, read_only: bool = False) -> PeeweeUnitOfWork:
        """The unit of work on a new connection."""
        return PeeweeUnitOfWork(self.open(read_only=read_only), clock, ids)

    @abstractmethod
    def identity(self) -> tuple[int, int]:
        """Which database a new connection would be to; another one makes older connections worthless."""


class Connection:
    """Opened when it is needed, and opened anew once it failed or its database was replaced."""

    def __init__(self, source: Source, clock: Clock, ids: IdSource, *, read_only: bool = False) -> None:
        self._source = source
        self._clock = clock
        self._ids = ids
        self._read_only = read_only
        self._identity = (0, 0)
        self._work: PeeweeUnitOfWork | None = None

    def work(self) -> PeeweeUnitOfWork:
        """The unit of work; DatabaseAway where there is no database to be had."""
        identity = self._source.identity()
        work = self._work
        if work is not None and work.session.failure is None and identity == self._identity:
            return work
        self.close()
        self._identity = identity
        self._work = self._open()
        return self._work

    @property
    def is_open(self) -> bool:
        """Whether it was opened and is not known to have failed."""
        return self._work is not None and self._work.session.failure is None

    def close(self) -> None:
        """Let go of it, and undo what is not committed."""
        work, self._work = self._work, None
        if work is not None:
            with suppress(apsw.Error, PeeweeException):  # a broken one may not even close
                work.session.close()

    def _open(self) -> PeeweeUnitOfWork:
        work = self._source.open_work(self._clock, self._ids, read_only=self._read_only)
        try:
            if pending(work.session):
                raise DatabaseAway
        except BaseException:
            work.session.close()
            raise
        return work
