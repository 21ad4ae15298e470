"""The integration log's partitions: one for each day (UTC), made ahead, dropped when its time is over."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import peewee
import psycopg
from psycopg.sql import SQL, Identifier, Literal

from adapters.persistence.postgresql.partitions import DAY, Partition, partitions_of_log
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.statements import Statement
from adapters.persistence.values import to_micros
from core.errors import BadSetting

AHEAD_DAYS: Final = 7
MOST_MOVED_UNDER_LOAD: Final = 2000
_MOST_DROPPED = 8
_STRAGGLERS = 60_000_000
"""How long after midnight the last entries of a day may be written, in microseconds."""
_LOCK_TIMEOUT = "SET LOCAL lock_timeout = 500"
_ONE_AT_A_TIME = "LOCK TABLE ONLY integration_log IN SHARE UPDATE EXCLUSIVE MODE"
_NONE_GOES_ASTRAY = "LOCK TABLE integration_log_default IN SHARE ROW EXCLUSIVE MODE"
_OLDEST_ASTRAY = Statement(peewee.SQL("SELECT min(received_at) FROM integration_log_default"))
_ASTRAY = Statement(
    peewee.SQL(
        "SELECT count(*) FROM (SELECT FROM integration_log_default "
        "WHERE received_at >= %(begins)s AND received_at < %(ends)s LIMIT %(most)s) AS astray"
    )
)
_ENTRIES = Statement(
    peewee.SQL(
        "SELECT count(*) FROM integration_log "
        "WHERE received_at < %(ends)s AND tableoid <> 'integration_log_default'::regclass"
    )
)
_MAKE = SQL("CREATE TABLE {name} (LIKE integration_log INCLUDING ALL)")
_MOVE = SQL(
    "WITH astray AS (DELETE FROM integration_log_default "
    "WHERE received_at >= {begins} AND received_at < {ends} RETURNING *) "
    "INSERT INTO {name} SELECT * FROM astray"
)
_ATTACH = SQL("ALTER TABLE integration_log ATTACH PARTITION {name} FOR VALUES FROM ({begins}) TO ({ends})")
_DROP = SQL("DROP TABLE {names}")


class LogPartitions:
    """Makes and drops partitions, each step in a transaction that does nothing else.

    An entry for whose day there is none goes astray to the default partition. Servers that do this at once
    wait for each other. A lock is waited for no longer than 500 ms, and so is a request that comes behind;
    then ServiceUnavailable, to be tried again later. BadSetting if the database refuses.
    """

    def __init__(self, session: PostgresSession) -> None:
        self._session = session

    def make_next(self, now: datetime) -> bool:
        """Make the next one that is missing, with what went astray; tell whether one was.

        First those of today and a week ahead, then those of other days of which entries went astray.
        """
        with _explaining():
            self._begin(_NONE_GOES_ASTRAY)
            missing = self._missing(to_micros(now))
            if missing is not None:
                self._make(missing)
        return missing is not None

    def drop_before(self, before: datetime) -> int:
        """Drop up to 8 that hold nothing younger, the oldest first; tell how many entries went with them."""
        with _explaining():
            self._begin()
            partitions = partitions_of_log(self._session)
            old = [one for one in partitions if one.ends <= to_micros(before)][:_MOST_DROPPED]
            return self._drop(old) if old else 0

    def _begin(self, *locks: str) -> None:
        """Wait for one's turn before looking: a transaction's view begins with its first look."""
        for words in (_LOCK_TIMEOUT, _ONE_AT_A_TIME, *locks):
            self._session.command(words)

    def _missing(self, now: int) -> Partition | None:
        partitions, today = partitions_of_log(self._session), now // DAY
        days = [*range(today, today + AHEAD_DAYS + 1), *self._oldest_day_astray()]
        for wanted in map(Partition.of_day, days):
            if not any(map(wanted.meets, partitions)) and self._can_be_made(wanted, now):
                return wanted
        return None

    def _oldest_day_astray(self) -> Sequence[int]:
        ((oldest,),) = self._session.rows(_OLDEST_ASTRAY)
        return [] if oldest is None else [oldest // DAY]

    def _can_be_made(self, wanted: Partition, now: int) -> bool:
        """Whether no request waits for that: of a day that is not over only a few entries are moved."""
        if wanted.ends + _STRAGGLERS <= now:
            return True
        most = MOST_MOVED_UNDER_LOAD + 1
        ((astray,),) = self._session.rows(_ASTRAY, begins=wanted.begins, ends=wanted.ends, most=most)
        return bool(astray < most)

    def _make(self, partition: Partition) -> None:
        name, begins, ends = Identifier(partition.name), Literal(partition.begins), Literal(partition.ends)
        with self._session.unhurried():
            for text in (_MAKE, _MOVE, _ATTACH):
                self._session.command(text.format(name=name, begins=begins, ends=ends).as_string())
            self._session.settle()

    def _drop(self, partitions: Sequence[Partition]) -> int:
        names = SQL(", ").join(Identifier(one.name) for one in partitions)
        with self._session.unhurried():
            ((entries,),) = self._session.rows(_ENTRIES, ends=partitions[-1].ends)
            self._session.command(_DROP.format(names=names).as_string())
            self._session.settle()
        return int(entries)


@contextmanager
def _explaining() -> Iterator[None]:
    """BadSetting where the database refuses, for it is an operator who can do something about it."""
    try:
        yield
    except psycopg.Error as error:
        reason = error.diag.message_primary or error
        raise BadSetting(f"the log's partitions cannot be made or dropped: {reason}") from error
