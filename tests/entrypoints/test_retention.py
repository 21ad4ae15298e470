import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from structlog.testing import LogCapture

from core.entities.integration_log import LogFilter
from core.errors import ServiceUnavailable
from core.ports.unit_of_work import Transactions, UnitOfWork
from entrypoints.retention import purge_once, purging
from tests.entrypoints.test_cli_logs import entry
from tests.support.records import a_request, an_outcome
from tests.support.records import keep as put

DAYS = 7


def keep(transactions: Transactions, count: int, age: timedelta) -> None:
    def add(work: UnitOfWork) -> None:
        for number in range(count):
            work.log.add(entry(number, id=f"{age.days}-{number:06}", received_at=datetime.now(UTC) - age))

    transactions.run(add)


def kept(transactions: Transactions) -> int:
    return len(transactions.read(lambda work: list(work.log.recent(LogFilter(), 10_000))))


def test_everything_past_its_time_goes_in_bounded_transactions(transactions: Transactions) -> None:
    keep(transactions, 1500, timedelta(days=8))
    keep(transactions, 3, timedelta(days=6))

    deleted = asyncio.run(purge_once(transactions, DAYS, pause=0))

    assert (deleted, kept(transactions)) == (1500, 3)


def test_outcomes_of_keyed_requests_go_after_a_day_and_count_as_no_entry(transactions: Transactions) -> None:
    now = datetime.now(UTC)
    old = [an_outcome(f"old-{number}", now - timedelta(hours=25)) for number in range(700)]
    put(transactions, *old, an_outcome("new", now - timedelta(hours=23)))

    deleted = asyncio.run(purge_once(transactions, DAYS, pause=0))

    assert deleted == 0
    found = [
        transactions.run(
            lambda work, key=key: work.idempotency.begin(a_request(key), now - timedelta(days=9))
        )  # type: ignore[misc]
        for key in ("old-1", "old-699", "new")
    ]
    assert [one is not None for one in found] == [False, False, True]


def test_the_server_purges_at_once_and_again(transactions: Transactions) -> None:
    log = LogCapture()

    async def serve() -> None:
        keep(transactions, 2, timedelta(days=8))
        async with purging(
            transactions, DAYS, structlog.wrap_logger(None, processors=[log]), every=0.01, pause=0
        ):
            await until_told(2)
            keep(transactions, 1, timedelta(days=9))
            await until_told(3)

    async def until_told(entries: int) -> None:
        while sum(event["entries"] for event in log.entries) < entries:
            await asyncio.sleep(0.005)

    asyncio.run(asyncio.wait_for(serve(), timeout=20))

    assert kept(transactions) == 0


def test_a_database_that_is_away_postpones_the_purge_and_ends_nothing(transactions: Transactions) -> None:
    class Away:
        """Stands for storage that does not answer; the real one cannot be made to on demand."""

        def __init__(self) -> None:
            self.asked = 0

        async def submit(self, call: object) -> int:
            self.asked += 1
            raise ServiceUnavailable

    away, log = Away(), LogCapture()

    async def serve() -> None:
        async with purging(away, DAYS, structlog.wrap_logger(None, processors=[log]), every=0.001, pause=0):  # type: ignore[arg-type]  # only submit is used
            while away.asked < 2:
                await asyncio.sleep(0.001)

    asyncio.run(asyncio.wait_for(serve(), timeout=20))

    assert {(event["event"], event["log_level"]) for event in log.entries} == {("purge_postponed", "warning")}
