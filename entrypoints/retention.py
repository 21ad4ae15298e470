"""The server keeps the log, and outcomes of keyed requests: days to come are prepared, past ones deleted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from structlog.typing import FilteringBoundLogger

from core.errors import BadSetting, ServiceUnavailable
from core.ports.unit_of_work import Transactions
from core.use_cases.idempotency import purge_outcomes
from core.use_cases.logs import prepare_log, purge_logs

_EVERY_SECONDS = 3600.0
_POSTPONED_SECONDS = 60.0
_BETWEEN_CHUNKS = 0.2


@asynccontextmanager
async def purging(
    transactions: Transactions,
    retention_days: int,
    logger: FilteringBoundLogger,
    *,
    every: float = _EVERY_SECONDS,
    pause: float = _BETWEEN_CHUNKS,
) -> AsyncIterator[None]:
    """While this is open, prepare and purge at once and then again after each interval."""
    task = asyncio.create_task(_purge_for_ever(transactions, retention_days, logger, every, pause))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def purge_once(transactions: Transactions, retention_days: int, pause: float) -> int:
    """Delete what is past its time, of the log in whole days, in chunks with room for others between.

    Tell how much of the log that was.
    """
    while await transactions.submit(purge_outcomes):
        await asyncio.sleep(pause)
    deleted = 0
    while count := await transactions.submit(lambda work: purge_logs(work, retention_days, whole_days=True)):
        deleted += count
        await asyncio.sleep(pause)
    return deleted


async def prepare_all(transactions: Transactions) -> None:
    """Make the log ready for the days to come, each step a transaction."""
    while await transactions.submit(prepare_log):
        pass


async def _purge_for_ever(
    transactions: Transactions, retention_days: int, logger: FilteringBoundLogger, every: float, pause: float
) -> None:
    while True:
        wait = every
        try:
            await prepare_all(transactions)
            deleted = await purge_once(transactions, retention_days, pause)
        except (ServiceUnavailable, BadSetting) as refusal:
            logger.warning("purge_postponed", reason=refusal.message)
            wait = min(every, _POSTPONED_SECONDS)
        else:
            if deleted:
                logger.info("purged", entries=deleted, retention_days=retention_days)
        await asyncio.sleep(wait)
