"""How many connections of ours PostgreSQL counts: never more than the bound of the pool."""

import asyncio
from contextlib import suppress

import psycopg

from adapters.persistence.postgresql.url import read_url
from tests.soak.databases import PostgresDatabase
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.servers import Servers

_EVERY = 0.05
_READERS = 4


async def watch_pool(
    database: PostgresDatabase, servers: Servers, figures: Figures, ended: asyncio.Event
) -> None:
    """Count until the end is told; what PostgreSQL cannot tell while it is away is not counted."""
    bound = servers.processes * (read_url(database.url).connections + _READERS)
    while not ended.is_set():
        with suppress(psycopg.OperationalError):
            figures.note("most connections", await asyncio.to_thread(database.connections))
        await asyncio.sleep(_EVERY)
    figures.note("connections allowed", bound)
    if figures.most["most connections"] > bound:
        told = f"{figures.most['most connections']:.0f} connections, {bound} are allowed"
        figures.blame(FaultKind.NOT_UP, told)
