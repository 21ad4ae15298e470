"""What was looked at in a database, and whether it is well."""

import enum
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import attrs
from peewee import fn

from adapters.persistence.errors import DatabaseAway
from adapters.persistence.migrate import applied_steps, pending
from adapters.persistence.session import Session
from adapters.persistence.statements import Statement
from adapters.persistence.tables import LogEntryRow
from adapters.persistence.values import from_micros
from core.entities.timestamp import show_time
from core.errors import Refusal
from core.ports.clock import Clock

TOLERATED: Final = timedelta(seconds=2)
"""How far two clocks may be apart before someone should look."""
_NEWEST = Statement(LogEntryRow.select(fn.MAX(LogEntryRow.received_at)))
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


class State(enum.StrEnum):
    """A warning is worth a look; what failed endangers data, or keeps a server from working."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@attrs.frozen
class Check:
    """One thing that was looked at; the message says what was found and, if it is not well, what to do."""

    name: str
    state: State
    message: str


def ok(name: str, message: str) -> Check:
    """All is well."""
    return Check(name, State.OK, message)


def warning(name: str, message: str) -> Check:
    """Worth a look."""
    return Check(name, State.WARNING, message)


def failed(name: str, message: str) -> Check:
    """Not as it must be."""
    return Check(name, State.FAILED, message)


def check_schema(session: Session) -> Check:
    """Whether the tables are those of this program."""
    try:
        steps = pending(session)
    except Refusal as newer:
        return failed("schema", newer.message)
    if not steps:
        return ok("schema", f"up to date, {len(applied_steps(session))} steps applied")
    told = f"to be applied: {', '.join(steps)}; datamingle db migrate does it, and so does the next start"
    return warning("schema", told)


def check_newest(session: Session, clock: Clock) -> Check:
    """Whether the log ends before now: else a clock was ahead, and what is newest is not listed first."""
    if not session.database.table_exists(LogEntryRow._meta.table_name):
        return ok("newest entry", "the log is not there yet")
    ((micros,),) = session.rows(_NEWEST)
    if micros is None:
        return ok("newest entry", "the log is empty")
    newest = from_micros(micros)
    if newest - clock.now() > TOLERATED:
        return warning(
            "newest entry",
            f"received at {show_time(newest)}, which is still to come: this machine's clock is slow, or one "
            "was fast; until then newer entries are listed below older ones",
        )
    return ok("newest entry", f"received at {show_time(newest)}")


def attempted(name: str, look: Callable[[], Check], *errors: type[Exception]) -> Check:
    """What the look found; failed where it could not be taken."""
    try:
        return look()
    except errors as error:
        reason = error.__cause__ if isinstance(error, DatabaseAway) and error.__cause__ else error
        return failed(name, f"cannot be told: {' '.join(str(reason).split())}")


def shown_size(size: float) -> str:
    """A number of bytes as people say it."""
    for unit in _UNITS[:-1]:
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} {_UNITS[-1]}"
