"""A clock that a test sets."""

from datetime import UTC, datetime, timedelta

from core.ports.clock import Clock

START = datetime(2026, 4, 30, 22, tzinfo=UTC)


class SettableClock(Clock):
    """Stands still until it is set or moved on."""

    def __init__(self, moment: datetime = START) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Set it, forwards or backwards."""
        self._moment = moment

    def advance(self, step: timedelta) -> None:
        """Move it on."""
        self._moment += step
