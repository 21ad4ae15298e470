"""Doing without savepoints, in the hope that nothing has to be undone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType

from adapters.persistence.errors import DatabaseAway
from adapters.persistence.session import Session


class UndoMissed(BaseException):
    """Something had to be undone without a savepoint: the transaction is worthless, whoever catches what."""


class Hope(AbstractContextManager[None]):
    """Stands for the innermost savepoint: it only looks whether there was something to undo."""

    def __init__(self, session: Session, count_changes: Callable[[], int]) -> None:
        self._session = session
        self._count_changes = count_changes
        self._counted: list[int] = []

    def forget(self) -> None:
        """Whatever happened, no level is open any more."""
        self._counted.clear()

    def __enter__(self) -> None:
        self._counted.append(self._count_changes())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        counted = self._counted.pop()
        if self._session.failure is not None:
            raise DatabaseAway from error
        if kind is not None and self._count_changes() != counted:
            raise UndoMissed from error
