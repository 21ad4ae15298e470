"""The server keeps the log, and outcomes of keyed requests, for their time: what is older goes bit by bit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from structlog.typing import FilteringBoundLogger

from core.errors import ServiceUnavailable
from core.ports.unit_of_work import Transactions
from core.use_cases.idempotency import purge_outcomes
from core.use_cases.logs import purge_logs

_EVERY_SECONDS = 3600.0
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
    """While this is open, purge at once and then again after each interval."""
    task = asyncio.create_task(_purge_for_ever(transactions, retention_days, logger, every, pause))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def purge_once(transactions: Transactions, retention_days: int, pause: float) -> int:
    """Delete everything past its time, in chunks of a transaction each, with room for others between.

    Tell how much of the log that was.
    """
    while await transactions.submit(purge_outcomes):
        await asyncio.sleep(pause)
    deleted = 0
    while count := await transactions.submit(lambda work: purge_logs(work, retention_days)):
        deleted += count
        await asyncio.sleep(pause)
    return deleted


async def _purge_for_ever(
    transactions: Transactions, retention_days: int, logger: FilteringBoundLogger, every: float, pause: float
) -> None:
    while True:
        try:
            deleted = await purge_once(transactions, retention_days, pause)
        except ServiceUnavailable as unavailable:
            logger.warning("purge_postponed", reason=unavailable.message)
        else:
            if deleted:
                logger.info("purged", entries=deleted, retention_days=retention_days)
        await asyncio.sleep(every)
