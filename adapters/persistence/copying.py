"""Everything in one database, row for row, into another one that is empty."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import attrs
from peewee import SQL, Model, fn

from adapters.persistence.maintenance import Connected, Maintenance, Progress
from adapters.persistence.migrate import applied_steps, pending
from adapters.persistence.session import Session
from adapters.persistence.statements import Statement
from adapters.persistence.table_sums import TableSum
from adapters.persistence.tables import TABLES
from adapters.persistence.unit_of_work import PeeweeUnitOfWork
from core.errors import BadSetting, CopyFailed
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import UnitOfWork

_PASSES: Final = 2
"""Each row is read once to be copied and once more, from the copy, to be compared."""
_UNREADABLE = "cannot be read"


@attrs.frozen
class CopiedTable:
    """A table whose copy is equal: the number of rows, and a checksum over all of them in any order."""

    name: str
    rows: int
    checksum: str


@attrs.frozen
class Copying:
    """Copies in one transaction on each side: one view of the one, and the other gets all or nothing.

    `complete` makes in the copy what depends on the data but is not data, within the same transaction.
    """

    clock: Clock
    ids: IdSource
    complete: Callable[[UnitOfWork], None]
    progress: Progress

    def run(self, source: Maintenance, target: Maintenance) -> Sequence[CopiedTable]:
        """Copy, and compare what came out.

        BadSetting before anything is changed where one of them will not do; CopyFailed where a row is refused
        or comes out different.
        """
        with source.reading() as origin:
            origin.begin_reading()
            with origin.telling(_UNREADABLE):
                _refuse_old(origin)
                rows = sum(_count(origin.session, table) for table in TABLES)
            with target.reserved():
                self._prepare(target)
                with target.filling() as copy, _keeping_nothing():
                    return self._fill(origin, copy, rows)

    def _prepare(self, target: Maintenance) -> None:
        if target.exists():
            with target.reading() as copy, copy.telling(_UNREADABLE):
                _refuse_filled(copy)
        target.migrate(self.clock)

    def _fill(self, origin: Connected, copy: Connected, rows: int) -> Sequence[CopiedTable]:
        copy.begin_filling()
        with copy.telling(_UNREADABLE):
            _refuse_filled(copy)
        self.progress.start(_PASSES * rows)
        copied = [self._copy(table, origin, copy) for table in TABLES]
        with copy.telling("makes no indexes"):
            self.complete(PeeweeUnitOfWork(copy.session, self.clock, self.ids))
        copy.commit()
        return copied

    def _copy(self, table: type[Model], origin: Connected, copy: Connected) -> CopiedTable:
        sent, kept = TableSum(), TableSum()
        copy.fill(table, sent.watch(origin.rows(table), self.progress.advance))
        deque(kept.watch(copy.rows(table), self.progress.advance), maxlen=0)
        name: str = table._meta.table_name
        if kept != sent:
            raise CopyFailed(
                f"the copy of the table {name} differs: {sent.rows} rows with the checksum {sent.checksum} "
                f"were sent, {kept.rows} with {kept.checksum} came out"
            )
        return CopiedTable(name, sent.rows, sent.checksum)


@contextmanager
def _keeping_nothing() -> Iterator[None]:
    try:
        yield
    except CopyFailed as failure:
        raise CopyFailed(f"{failure.message}; nothing was kept") from failure


def _refuse_old(origin: Connected) -> None:
    if not applied_steps(origin.session):
        raise BadSetting(f"{origin.place} holds no data of Datamingle: there is nothing to copy")
    if steps := pending(origin.session):
        raise BadSetting(
            f"{origin.place} has an older schema ({', '.join(steps)} to be applied): bring it up to date "
            "with datamingle db migrate --database FROM, then copy"
        )


def _refuse_filled(copy: Connected) -> None:
    tables = [table for table in TABLES if copy.session.database.table_exists(table._meta.table_name)]
    pending(copy.session)
    if tables and not applied_steps(copy.session):
        raise BadSetting(
            f"{copy.place} has tables of another program ({_names(tables)}): name another database"
        )
    filled = [table for table in tables if copy.session.row(Statement(table.select(SQL("1")).limit(1)))]
    if filled:
        raise BadSetting(
            f"{copy.place} is not empty, it has rows in {_names(filled)}: copy into an empty database"
        )


def _names(tables: Sequence[type[Model]]) -> str:
    return ", ".join(table._meta.table_name for table in tables)


def _count(session: Session, table: type[Model]) -> int:
    ((count,),) = session.rows(Statement(table.select(fn.COUNT(SQL("*")))))
    return int(count)
