"""What undoes a part of a transaction: savepoints, or the hope that none is needed."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Protocol

from adapters.persistence.errors import DatabaseAway


class UndoMissed(BaseException):
    """Something had to be undone without a savepoint: the transaction is worthless, whoever catches what."""


class Undoable(Protocol):
    """A session, as far as savepoints ask; `writes` counts the statements that changed something."""

    failure: DatabaseAway | None
    writes: int

    @abstractmethod
    def command(self, sql: str) -> None:
        """Run one of the words of transactions; DatabaseAway if it fails for whatever reason."""


class Savepoints:
    """The savepoints of a session; each level is undone when an exception leaves it."""

    def __init__(self, session: Undoable) -> None:
        self._real = _Savepoint(session)
        self._hoped = _Hope(session)
        self._hopes = False

    def innermost(self) -> AbstractContextManager[None]:
        """One more level."""
        return self._hoped if self._hopes else self._real

    @contextmanager
    def hoping(self) -> Iterator[None]:
        """Do without, which saves the copies that a savepoint makes; UndoMissed if one was needed."""
        self._hopes = True
        try:
            yield
        finally:
            self._hopes = False
            self._hoped.forget()


class _Savepoint(AbstractContextManager[None]):
    """It has no state of its own, so one serves every level."""

    def __init__(self, session: Undoable) -> None:
        self._session = session

    def __enter__(self) -> None:
        self._session.command("SAVEPOINT call")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session.failure is not None:
            raise DatabaseAway from error
        if kind is not None:
            self._session.command("ROLLBACK TO call")
        self._session.command("RELEASE call")


class _Hope(AbstractContextManager[None]):
    """Only looks, at every level, whether there was something to undo."""

    def __init__(self, session: Undoable) -> None:
        self._session = session
        self._written: list[int] = []

    def forget(self) -> None:
        """Whatever happened, no level is open any more."""
        self._written.clear()

    def __enter__(self) -> None:
        self._written.append(self._session.writes)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        written = self._written.pop()
        if self._session.failure is not None:
            raise DatabaseAway from error
        if kind is not None and self._session.writes != written:
            raise UndoMissed from error
