"""What an operator does with a database as a whole."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from peewee import Model

from adapters.persistence.checks import Check
from adapters.persistence.session import Row, Session
from core.ports.clock import Clock


class Progress(Protocol):
    """Somebody who watches a long piece of work."""

    @abstractmethod
    def start(self, total: int) -> None:
        """So many pieces are to be done."""

    @abstractmethod
    def advance(self, count: int) -> None:
        """So many more are done."""


class Connected(Protocol):
    """A connection on which whole tables are read and filled; closing it undoes what is not committed.

    Rows hold the columns in the order of the table's fields, truth as `bool`, and are the same tuples
    whichever database they come from. CopyFailed where the database refuses or goes away.
    """

    place: str
    session: Session

    @abstractmethod
    def telling(self, trouble: str) -> AbstractContextManager[None]:
        """Inside, a database that refuses or goes away is CopyFailed: its place, the trouble, the reason."""

    @abstractmethod
    def begin_reading(self) -> None:
        """Begin a transaction on one view of the database, however long it takes."""

    @abstractmethod
    def begin_filling(self) -> None:
        """Begin a transaction beside which nobody else writes, however long it takes."""

    @abstractmethod
    def rows(self, table: type[Model]) -> Iterator[Row]:
        """Every row, one by one, in no order."""

    @abstractmethod
    def fill(self, table: type[Model], rows: Iterable[Row]) -> None:
        """Add the rows, without keeping many of them in memory."""

    @abstractmethod
    def commit(self) -> None:
        """Make durable what was filled, and let the database learn how much there is."""


class Maintenance(Protocol):
    """A database that may be there, to be looked after; BadSetting with what would be right."""

    place: str
    """What messages call it; it tells no password."""

    @abstractmethod
    def exists(self) -> bool:
        """Whether there is a database to connect to; a server that does not answer may have one."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connected]:
        """A connection that changes nothing."""

    @abstractmethod
    def filling(self) -> AbstractContextManager[Connected]:
        """A connection that may write."""

    @abstractmethod
    def migrate(self, clock: Clock) -> Sequence[str]:
        """Make the schema, or bring it up to date; the steps that were applied."""

    @abstractmethod
    def is_served(self) -> bool:
        """Whether a server, or another command, is at work on it."""

    @abstractmethod
    def reserved(self) -> AbstractContextManager[None]:
        """Keep servers off, where they can be kept off."""

    @abstractmethod
    def back_up(self, file: Path, progress: Progress) -> None:
        """Write everything to a new file, which is there when all of it is durable."""

    @abstractmethod
    def check(self, clock: Clock, *, deep: bool) -> Iterator[Check]:
        """What is well and what is not; `deep` reads everything there is."""
