"""Brings a database's schema up to date: numbered steps, each applied once, in order."""

import importlib
import pkgutil
from collections.abc import Sequence

from peewee import BigIntegerField, SchemaManager, TextField

from adapters.persistence import migrations
from adapters.persistence.errors import reaching_the_database
from adapters.persistence.session import Session
from adapters.persistence.statements import Dialectal, Statement, slots
from adapters.persistence.tables import TableRow
from adapters.persistence.values import to_micros
from core.errors import BadSetting
from core.ports.clock import Clock


class MigrationRow(TableRow):
    """A step that was applied."""

    name = TextField(primary_key=True)
    applied_at = BigIntegerField()

    class Meta:
        table_name = "migrations"


_HAS_STEPS = Statement(
    Dialectal(
        sqlite="SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'",
        postgresql="SELECT 1 WHERE to_regclass('migrations') IS NOT NULL",
    )
)
_APPLIED = Statement(MigrationRow.select(MigrationRow.name))
_RECORD = Statement(MigrationRow.insert(slots("name", "applied_at")))


def migrate(session: Session, clock: Clock) -> Sequence[str]:
    """Apply what is pending, all or nothing, and tell its names; of several processes one does it.

    BadSetting if a newer program has changed the schema. The session is to be closed afterwards.
    """
    with reaching_the_database():
        if not pending(session):
            return ()
        session.begin_migration()
        SchemaManager(MigrationRow, session.database).create_table()
        steps = pending(session)
        for name in steps:
            importlib.import_module(f"{migrations.__name__}.{name}").up(session.database)
            session.execute(_RECORD, name=name, applied_at=to_micros(clock.now()))
        session.end_migration()
    return steps


def pending(session: Session) -> Sequence[str]:
    """The steps that are not applied yet; BadSetting if one was applied that this program does not know."""
    names = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__))
    applied = applied_steps(session)
    unknown = sorted(applied.difference(names))
    if unknown:
        raise BadSetting(
            f"the database was made by a newer version of this program ({', '.join(unknown)}): "
            "install that version, or use another database"
        )
    return [name for name in names if name not in applied]


def applied_steps(session: Session) -> set[str]:
    """The steps that the database has taken; none if it is not this program's, or empty."""
    if not session.rows(_HAS_STEPS):
        return set()
    return {name for (name,) in session.rows(_APPLIED)}
