"""The integration log as operators read it: an entry whole, and as a report for a support ticket."""

import base64
import json
from datetime import datetime, timedelta

from core.entities.integration_log import LogEntry, summarise_entry
from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.entities.timestamp import show_time
from core.errors import NotFound
from core.ports.unit_of_work import UnitOfWork


def find_entry(work: UnitOfWork, id: str) -> LogEntry:
    """The entry with this id."""
    entry = work.log.get(id)
    if entry is None:
        raise NotFound(f'the log has no entry "{id}"')
    return entry


def show_entry(work: UnitOfWork, entry: LogEntry) -> JsonObject:
    """The whole entry, and which content its mapping's version has; no UTF-8 is shown in base64 instead."""
    return {
        **summarise_entry(entry),
        "mapping_hash": _mapping_hash(work, entry),
        **_payload("raw_payload", entry.raw_payload),
        "mapped_payload": _parsed(entry.mapped_payload),
        "ignored_fields": list(entry.ignored_fields),
        "response_body": _parsed(entry.response_body),
    }


def report_entry(entry: LogEntry) -> JsonObject:
    """One request and its answer, as a document for a support ticket."""
    return {
        "request_timestamp": show_time(entry.received_at),
        "partner": entry.partner,
        "request_id": entry.request_id,
        "method": entry.method,
        "path": entry.path,
        **_payload("request_body", entry.raw_payload),
        "response_status": entry.response_status,
        "response_body": _parsed(entry.response_body),
        "mapping_version": entry.mapping_version,
    }


def _mapping_hash(work: UnitOfWork, entry: LogEntry) -> str | None:
    """The hash of the mapping that was used: a version never changes."""
    if entry.partner is None or entry.mapping_version is None:
        return None
    resource = next(one for one in Resource if one.singular == entry.action.partition("/")[0])
    used = work.mappings.get(entry.partner, resource, entry.mapping_version)
    return None if used is None else used.content_hash


def prepare_log(work: UnitOfWork) -> bool:
    """Make the log ready for the days to come, by one step; tell whether there was one to do."""
    return work.log.prepare(work.clock.now())


def purge_logs(work: UnitOfWork, retention_days: int, *, whole_days: bool = False) -> int:
    """Delete a bounded number of entries and key activity past their time; tell how many, 0 when done.

    Of whole days (UTC) the last entry's time must be over too: storage may then let go of a day at once.
    """
    before = _cut(work.clock.now(), retention_days, whole_days=whole_days)
    return work.log.purge(before) + work.key_activity.purge(before)


def _cut(now: datetime, retention_days: int, *, whole_days: bool) -> datetime:
    cut = now - timedelta(days=retention_days)
    return cut.replace(hour=0, minute=0, second=0, microsecond=0) if whole_days else cut


def _payload(name: str, payload: bytes | None) -> JsonObject:
    if payload is None:
        return {name: None}
    try:
        return {name: payload.decode()}
    except UnicodeDecodeError:
        return {f"{name}_base64": base64.b64encode(payload).decode()}


def _parsed(document: bytes | None) -> Json:
    parsed: Json = None if document is None else json.loads(document)
    return parsed
