"""The integration log in a table of partitions."""

from datetime import datetime
from uuid import UUID

from peewee import SQL

from adapters.persistence.log import ADD, PURGED_AT_ONCE, WITH_ID, PeeweeLogRepository, entry_of, values_of
from adapters.persistence.postgresql.log_partitions import LogPartitions
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.statements import Slot, Statement
from adapters.persistence.tables import LogEntryRow
from adapters.persistence.values import to_micros
from core.entities.integration_log import LogEntry

_PURGE = Statement(
    SQL(
        "DELETE FROM integration_log WHERE (id, received_at) IN (SELECT id, received_at FROM integration_log "
        "WHERE received_at < %(before)s ORDER BY received_at LIMIT %(most)s)"
    )
)
_GET_NEAR = Statement(
    WITH_ID.where(LogEntryRow.received_at >= Slot("since"), LogEntryRow.received_at <= Slot("until"))
)
_DAY = 86_400_000_000


class PartitionedLogRepository(PeeweeLogRepository):
    """The integration log; what is past its time goes by the day where it can."""

    def __init__(self, session: PostgresSession) -> None:
        super().__init__(session)
        self._postgresql = session
        self._partitions = LogPartitions(session)

    def add(self, entry: LogEntry) -> None:
        """Keep an entry; what is wrong with it is told by the commit, with which it travels."""
        self._postgresql.send(ADD, **values_of(entry))

    def get(self, id: str) -> LogEntry | None:
        """One entry, whole; it is looked for around the time in its id first."""
        made_at = _time_in(id)
        row = self._postgresql.row(_GET_NEAR, id=id, since=made_at - _DAY, until=made_at + _DAY)
        return super().get(id) if row is None else entry_of(row)

    def prepare(self, now: datetime) -> bool:
        """Make the next partition that is missing; tell whether one was."""
        return self._partitions.make_next(now)

    def purge(self, before: datetime) -> int:
        """Drop partitions that hold nothing younger; where there are none, delete a bounded number."""
        dropped = self._partitions.drop_before(before)
        return dropped or self._postgresql.execute(_PURGE, before=to_micros(before), most=PURGED_AT_ONCE)


def _time_in(id: str) -> int:
    """When a UUIDv7 was made, in microseconds since the epoch (RFC 9562); the epoch for any other text."""
    try:
        uuid = UUID(id)
    except ValueError:
        return 0
    return (uuid.int >> 80) * 1000 if uuid.version == 7 else 0
