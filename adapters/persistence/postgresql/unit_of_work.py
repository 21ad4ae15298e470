"""The repositories of one PostgreSQL connection."""

from adapters.persistence.postgresql.keys import PostgresApiKeyRepository
from adapters.persistence.postgresql.log import PartitionedLogRepository
from adapters.persistence.postgresql.orders import PostgresOrderRepository
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.unit_of_work import PeeweeUnitOfWork
from core.ports.clock import Clock
from core.ports.id_source import IdSource


class PostgresUnitOfWork(PeeweeUnitOfWork):
    """The same repositories, but some need fewer round trips here, and the log is partitioned."""

    def __init__(self, session: PostgresSession, clock: Clock, ids: IdSource) -> None:
        super().__init__(session, clock, ids)
        self.orders = PostgresOrderRepository(session)
        self.keys = PostgresApiKeyRepository(session)
        self.log = PartitionedLogRepository(session)
