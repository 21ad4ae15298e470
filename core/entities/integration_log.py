"""The integration log: one entry for every request that was let in; and the activity of refused keys."""

import enum
from datetime import datetime

import attrs

from core.entities.json import Json, JsonObject
from core.entities.timestamp import show_time


class LogStatus(enum.StrEnum):
    """How a request ended."""

    SUCCESS = "success"
    VALIDATION_ERROR = "validation_error"
    MAPPING_ERROR = "mapping_error"
    SERVICE_ERROR = "service_error"
    NOT_FOUND = "not_found"
    ERROR = "error"


@attrs.frozen
class LogEntry:
    """One request and its answer; payload and bodies are kept byte for byte."""

    id: str
    received_at: datetime
    request_id: str
    partner: str | None
    api_key: str
    action: str
    identifier: str | None
    method: str
    path: str
    response_status: int
    status: LogStatus
    error_message: str | None
    duration_ms: float
    raw_payload: bytes | None = None
    mapped_payload: bytes | None = None
    ignored_fields: tuple[str, ...] = ()
    mapping_version: int | None = None
    record_ids: str | tuple[str, ...] | None = None
    response_body: bytes | None = None


@attrs.frozen
class LogFilter:
    """Which entries to list."""

    partner: str | None = None
    api_key: str | None = None
    status: LogStatus | None = None
    since: datetime | None = None


@attrs.frozen
class KeyActivity:
    """A refused key: one record per refusal of a known key; unknown ones are counted together by hour."""

    id: str
    at: datetime
    api_key: str | None
    code: str
    method: str | None = None
    path: str | None = None
    request_id: str | None = None
    count: int = 1
    last_at: datetime | None = None


def summarise_entry(entry: LogEntry) -> JsonObject:
    """An entry without payloads and bodies."""
    record_ids: Json = list(entry.record_ids) if isinstance(entry.record_ids, tuple) else entry.record_ids
    return {
        "id": entry.id,
        "received_at": show_time(entry.received_at),
        "request_id": entry.request_id,
        "partner": entry.partner,
        "api_key": entry.api_key,
        "action": entry.action,
        "identifier": entry.identifier,
        "method": entry.method,
        "path": entry.path,
        "mapping_version": entry.mapping_version,
        "response_status": entry.response_status,
        "status": entry.status.value,
        "error_message": entry.error_message,
        "record_id": record_ids,
        "duration_ms": entry.duration_ms,
    }
