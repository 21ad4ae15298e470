"""A clock that stands still until a scenario lets time pass."""

from datetime import UTC, datetime, timedelta

import attrs

from core.ports.clock import Clock

_START = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@attrs.define
class SteppedClock(Clock):
    """Tells the time a scenario is at."""

    moment: datetime = _START

    def now(self) -> datetime:
        return self.moment

    def step(self, **span: int) -> None:
        """Let a timedelta pass: `step(days=2)`."""
        self.moment += timedelta(**span)
