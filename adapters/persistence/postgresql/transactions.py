"""Transactions on PostgreSQL: a pool that writes, and a few readers."""

from adapters.persistence.connection import Connection
from adapters.persistence.postgresql.pool import Pool
from adapters.persistence.postgresql.server import PostgresServer
from adapters.persistence.readers import Readers
from adapters.persistence.transactions import QueuedTransactions
from core.ports.clock import Clock
from core.ports.id_source import IdSource


class PostgresTransactions(QueuedTransactions):
    """Runs calls side by side, each in a transaction of its own, and answers when it is durable.

    A connection that breaks while a commit is under way leaves open whether it landed: the caller is told
    ServiceUnavailable, and the call is not run again.
    """

    def __init__(self, server: PostgresServer, clock: Clock, ids: IdSource) -> None:
        super().__init__(
            Pool([Connection(server, clock, ids) for _ in range(server.url.connections)]),
            Readers(lambda: Connection(server, clock, ids, read_only=True)),
        )
