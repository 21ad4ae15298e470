"""The activity of refused keys in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from adapters.memory.state import State
from core.entities.integration_log import KeyActivity
from core.ports.operations import KeyActivityRepository


class MemoryKeyActivityRepository(KeyActivityRepository):
    """Refused keys, apart from the integration log."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, activity: KeyActivity) -> None:
        """Record the refusal of a known key."""
        self._state.key_activity[activity.id] = activity

    def count_unknown(self, code: str, at: datetime, id: str) -> None:
        """Count one more refusal without a known key under its code and hour; the first makes record `id`."""
        hour = (code, at.replace(minute=0, second=0, microsecond=0))
        known = self._state.key_activity.get(self._state.unknown_keys.get(hour, ""))
        if known is None:
            self._state.unknown_keys[hour] = id
            self.add(KeyActivity(id, at, None, code, last_at=at))
        else:
            self.add(attrs.evolve(known, count=known.count + 1, last_at=at))

    def recent(self, limit: int) -> Sequence[KeyActivity]:
        """The newest records, newest first by (last_at or at, id)."""
        return sorted(
            self._state.key_activity.values(), key=lambda one: (_latest(one), one.id), reverse=True
        )[:limit]

    def purge(self, before: datetime) -> int:
        """Forget those that are older; tell how many."""
        old = [one.id for one in self._state.key_activity.values() if _latest(one) < before]
        for id in old:
            del self._state.key_activity[id]
        return len(old)


def _latest(activity: KeyActivity) -> datetime:
    return activity.last_at or activity.at
