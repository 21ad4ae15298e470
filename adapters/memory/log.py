"""The integration log in memory."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from adapters.memory.state import State
from core.entities.integration_log import LogEntry, LogFilter
from core.ports.operations import LogRepository


class MemoryLogRepository(LogRepository):
    """The integration log."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, entry: LogEntry) -> None:
        """Keep an entry."""
        self._state.log[entry.id] = entry

    def get(self, id: str) -> LogEntry | None:
        """One entry, whole."""
        return self._state.log.get(id)

    def recent(self, chosen: LogFilter, limit: int) -> Iterable[LogEntry]:
        """The newest entries, newest first by (received_at, id), without payloads and bodies."""
        found = [entry for entry in self._state.log.values() if _fits(entry, chosen)]
        newest = sorted(found, key=lambda entry: (entry.received_at, entry.id), reverse=True)
        return [_summary(entry) for entry in newest[:limit]]

    def prepare(self, now: datetime) -> bool:
        """There is nothing to do."""
        return False

    def purge(self, before: datetime) -> int:
        """Delete entries received before; tell how many."""
        old = [entry.id for entry in self._state.log.values() if entry.received_at < before]
        for id in old:
            del self._state.log[id]
        return len(old)


def _fits(entry: LogEntry, chosen: LogFilter) -> bool:
    return (
        chosen.partner in (None, entry.partner)
        and chosen.api_key in (None, entry.api_key)
        and chosen.status in (None, entry.status)
        and (chosen.since is None or entry.received_at >= chosen.since)
    )


def _summary(entry: LogEntry) -> LogEntry:
    return attrs.evolve(entry, raw_payload=None, mapped_payload=None, ignored_fields=(), response_body=None)
