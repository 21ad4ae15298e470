"""The activity of refused keys in a table."""

from collections.abc import Sequence
from datetime import datetime

from peewee import EXCLUDED

from adapters.persistence.paging import newest_first
from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, SqlValue, Statement, slots
from adapters.persistence.tables import KeyActivityRow, latest_of
from adapters.persistence.values import from_micros, from_micros_or_none, to_micros, to_micros_or_none
from core.entities.integration_log import KeyActivity
from core.ports.operations import KeyActivityRepository

_HOUR = 3_600_000_000
_CHUNK = 1000
_COLUMNS = ("id", "at", "api_key", "code", "method", "path", "request_id", "count", "last_at")
_ADD = Statement(KeyActivityRow.insert(slots(*_COLUMNS)))
_COUNT = Statement(
    KeyActivityRow.insert(slots("id", "at", "code", "count", "last_at", "hour")).on_conflict(
        conflict_target=[KeyActivityRow.code, KeyActivityRow.hour],
        conflict_where=KeyActivityRow.hour.is_null(is_null=False),
        update={"count": KeyActivityRow.count + EXCLUDED.count, "last_at": EXCLUDED.last_at},
    )
)
_RECENT = Statement(
    KeyActivityRow.select(*(getattr(KeyActivityRow, name) for name in _COLUMNS))
    .order_by(*newest_first(latest_of(KeyActivityRow), KeyActivityRow.id))
    .limit(Slot("limit"))
)
_PURGE = Statement(
    KeyActivityRow.delete().where(
        KeyActivityRow.id.in_(
            KeyActivityRow.select(KeyActivityRow.id)
            .where(latest_of(KeyActivityRow) < Slot("before"))
            .order_by(latest_of(KeyActivityRow))
            .limit(_CHUNK)
        )
    )
)


class PeeweeKeyActivityRepository(KeyActivityRepository):
    """Refused keys, apart from the integration log."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, activity: KeyActivity) -> None:
        """Record the refusal of a known key."""
        self._session.execute(_ADD, **_values(activity))

    def count_unknown(self, code: str, at: datetime, id: str) -> None:
        """Count one more refusal without a known key under its code and hour; the first makes record `id`."""
        micros = to_micros(at)
        self._session.execute(
            _COUNT, id=id, at=micros, code=code, count=1, last_at=micros, hour=micros // _HOUR
        )

    def recent(self, limit: int) -> Sequence[KeyActivity]:
        """The newest records, newest first by (last_at or at, id)."""
        return [_activity(row) for row in self._session.rows(_RECENT, limit=limit)]

    def purge(self, before: datetime) -> int:
        """Forget a bounded number of those that are older; tell how many, 0 when none is left."""
        return self._session.execute(_PURGE, before=to_micros(before))


def _values(activity: KeyActivity) -> dict[str, SqlValue]:
    return {
        "id": activity.id,
        "at": to_micros(activity.at),
        "api_key": activity.api_key,
        "code": activity.code,
        "method": activity.method,
        "path": activity.path,
        "request_id": activity.request_id,
        "count": activity.count,
        "last_at": to_micros_or_none(activity.last_at),
    }


def _activity(row: Row) -> KeyActivity:
    id, at, api_key, code, method, path, request_id, count, last_at = row
    return KeyActivity(
        id, from_micros(at), api_key, code, method, path, request_id, count, from_micros_or_none(last_at)
    )
