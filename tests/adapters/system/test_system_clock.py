from datetime import UTC, datetime, timedelta

from adapters.system.clock import SystemClock


def test_the_clock_tells_the_time_in_utc() -> None:
    before = datetime.now(UTC)

    told = SystemClock().now()

    assert told.utcoffset() == timedelta(0)
    assert before <= told <= datetime.now(UTC)
