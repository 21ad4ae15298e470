"""The integration log in a table."""

from collections.abc import Iterable
from datetime import datetime

from adapters.persistence.paging import newest_first
from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, SqlValue, Statement, deleting_oldest, slots
from adapters.persistence.tables import LogEntryRow
from adapters.persistence.values import dump_texts, from_micros, load_texts, to_micros
from core.entities.integration_log import LogEntry, LogFilter, LogStatus
from core.ports.operations import LogRepository

PURGED_AT_ONCE = 500
_SUMMARY = (
    "id",
    "received_at",
    "request_id",
    "partner",
    "api_key",
    "action",
    "identifier",
    "method",
    "path",
    "response_status",
    "status",
    "error_message",
    "duration_ms",
    "mapping_version",
    "record_ids",
)
_REST = ("raw_payload", "mapped_payload", "ignored_fields", "response_body")
_SUMMARY_COLUMNS = tuple(getattr(LogEntryRow, name) for name in _SUMMARY)
_REST_COLUMNS = tuple(getattr(LogEntryRow, name) for name in _REST)
WITH_ID = LogEntryRow.select(*_SUMMARY_COLUMNS, *_REST_COLUMNS).where(LogEntryRow.id == Slot("id"))
ADD = Statement(LogEntryRow.insert(slots(*_SUMMARY, *_REST)))
_GET = Statement(WITH_ID)
_RECENT = Statement(
    LogEntryRow.select(*_SUMMARY_COLUMNS)
    .where(
        LogEntryRow.received_at >= Slot("since"),
        *(
            Slot(name).cast("text").is_null() | (getattr(LogEntryRow, name) == Slot(name))
            for name in ("partner", "api_key", "status")
        ),
    )
    .order_by(*newest_first(LogEntryRow.received_at, LogEntryRow.id))
    .limit(Slot("limit"))
)
_PURGE = Statement(deleting_oldest(LogEntryRow, LogEntryRow.id, LogEntryRow.received_at, PURGED_AT_ONCE))
_EVER = -(2**63)


class PeeweeLogRepository(LogRepository):
    """The integration log."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: LogEntry) -> None:
        """Keep an entry; it is durable when the transaction is."""
        self._session.execute(ADD, **values_of(entry))

    def get(self, id: str) -> LogEntry | None:
        """One entry, whole."""
        row = self._session.row(_GET, id=id)
        return None if row is None else entry_of(row)

    def recent(self, chosen: LogFilter, limit: int) -> Iterable[LogEntry]:
        """The newest entries, newest first by (received_at, id), without payloads and bodies."""
        rows = self._session.each(
            _RECENT,
            since=_EVER if chosen.since is None else to_micros(chosen.since),
            partner=chosen.partner,
            api_key=chosen.api_key,
            status=None if chosen.status is None else chosen.status.value,
            limit=limit,
        )
        return map(_summary, rows)

    def prepare(self, now: datetime) -> bool:
        """There is nothing to do."""
        return False

    def purge(self, before: datetime) -> int:
        """Delete a bounded number of entries received before; tell how many, 0 when none is left."""
        return self._session.execute(_PURGE, before=to_micros(before))


def values_of(entry: LogEntry) -> dict[str, SqlValue]:
    """What ADD writes of an entry."""
    return {
        "id": entry.id,
        "received_at": to_micros(entry.received_at),
        "request_id": entry.request_id,
        "partner": entry.partner,
        "api_key": entry.api_key,
        "action": entry.action,
        "identifier": entry.identifier,
        "method": entry.method,
        "path": entry.path,
        "response_status": entry.response_status,
        "status": entry.status.value,
        "error_message": entry.error_message,
        "duration_ms": entry.duration_ms,
        "mapping_version": entry.mapping_version,
        "record_ids": _dumped_ids(entry.record_ids),
        "raw_payload": entry.raw_payload,
        "mapped_payload": entry.mapped_payload,
        "ignored_fields": dump_texts(entry.ignored_fields) if entry.ignored_fields else None,
        "response_body": entry.response_body,
    }


def entry_of(row: Row) -> LogEntry:
    """The entry of a row that WITH_ID finds."""
    return _made(row[: len(_SUMMARY)], *row[len(_SUMMARY) :])


def _summary(row: Row) -> LogEntry:
    return _made(row)


def _made(
    summary: Row,
    raw_payload: bytes | None = None,
    mapped_payload: bytes | None = None,
    ignored_fields: str | None = None,
    response_body: bytes | None = None,
) -> LogEntry:
    (
        id,
        received_at,
        request_id,
        partner,
        api_key,
        action,
        identifier,
        method,
        path,
        response_status,
        status,
        error_message,
        duration_ms,
        mapping_version,
        record_ids,
    ) = summary
    return LogEntry(
        id=id,
        received_at=from_micros(received_at),
        request_id=request_id,
        partner=partner,
        api_key=api_key,
        action=action,
        identifier=identifier,
        method=method,
        path=path,
        response_status=response_status,
        status=LogStatus(status),
        error_message=error_message,
        duration_ms=duration_ms,
        raw_payload=raw_payload,
        mapped_payload=mapped_payload,
        ignored_fields=() if ignored_fields is None else load_texts(ignored_fields),
        mapping_version=mapping_version,
        record_ids=_loaded_ids(record_ids),
        response_body=response_body,
    )


def _dumped_ids(ids: str | tuple[str, ...] | None) -> str | None:
    return dump_texts(ids) if isinstance(ids, tuple) else ids


def _loaded_ids(text: str | None) -> str | tuple[str, ...] | None:
    """One id as it is, several as a list of texts, which no id looks like."""
    return load_texts(text) if text is not None and text.startswith("[") else text
