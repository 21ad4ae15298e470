"""The machine's clock."""

from datetime import UTC, datetime

from core.ports.clock import Clock


class SystemClock(Clock):
    """Tells the machine's time."""

    def now(self) -> datetime:
        """The time in UTC, to the microsecond."""
        return datetime.now(UTC)
