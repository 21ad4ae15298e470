"""What PostgreSQL's errors mean to the core."""

import psycopg
from psycopg import errors

from adapters.persistence.errors import DatabaseAway, UniqueViolated

_BROKEN_CLASSES = ("08", "53", "57P", "58", "XX", "3D", "28")
"""Connection, resources, shutdown, machine, corruption, no such database, not let in."""
_BROKEN = (
    psycopg.InterfaceError,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
)


class Conflict(DatabaseAway):
    """Another transaction was first; this one holds nothing any more and may be run again."""


class ConnectionLost(DatabaseAway):
    """The connection is of no use any more, and its transaction is undone, unless it was about to commit."""


class TooSlow(DatabaseAway):
    """A statement or a lock took longer than anyone should wait."""


class NoAnswer(psycopg.OperationalError):
    """The server took a statement and keeps silent."""


def translated(error: psycopg.Error) -> Exception:
    """The error in our words; itself where there are none."""
    match error:
        case errors.UniqueViolation():
            return UniqueViolated(error.diag.constraint_name or "")
        case errors.SerializationFailure() | errors.DeadlockDetected():
            return Conflict()
        case errors.CheckViolation() if error.diag.constraint_name is None:
            return Conflict()  # the partition that the row belongs to was made meanwhile
        case errors.QueryCanceled() | errors.LockNotAvailable():
            return TooSlow()
    return ConnectionLost() if is_broken(error) else error


def is_broken(error: psycopg.Error) -> bool:
    """Whether the error is one of the machine or the connection, not of the statement."""
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return isinstance(error, _BROKEN) or error.sqlstate.startswith(_BROKEN_CLASSES)
