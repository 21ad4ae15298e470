"""The repositories of one connection."""

from contextlib import AbstractContextManager

from adapters.persistence.idempotency import PeeweeIdempotencyRepository
from adapters.persistence.inventory import PeeweeInventoryRepository
from adapters.persistence.key_activity import PeeweeKeyActivityRepository
from adapters.persistence.keys import PeeweeApiKeyRepository
from adapters.persistence.locations import PeeweeLocationRepository
from adapters.persistence.log import PeeweeLogRepository
from adapters.persistence.mappings import PeeweeMappingRepository
from adapters.persistence.orders import PeeweeOrderRepository
from adapters.persistence.partners import PeeweePartnerRepository
from adapters.persistence.products import PeeweeProductRepository
from adapters.persistence.session import Session
from adapters.persistence.settings import PeeweeSettingRepository
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import UnitOfWork


class PeeweeUnitOfWork(UnitOfWork):
    """What one call may read and change; as it keeps nothing itself, a connection's calls share one."""

    def __init__(self, session: Session, clock: Clock, ids: IdSource) -> None:
        self.session = session
        self.orders = PeeweeOrderRepository(session)
        self.products = PeeweeProductRepository(session)
        self.locations = PeeweeLocationRepository(session)
        self.inventory = PeeweeInventoryRepository(session)
        self.partners = PeeweePartnerRepository(session)
        self.keys = PeeweeApiKeyRepository(session)
        self.key_activity = PeeweeKeyActivityRepository(session)
        self.mappings = PeeweeMappingRepository(session)
        self.log = PeeweeLogRepository(session)
        self.settings = PeeweeSettingRepository(session)
        self.idempotency = PeeweeIdempotencyRepository(session)
        self.clock = clock
        self.ids = ids

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what was done inside when an exception leaves it; savepoints nest."""
        return self.session.savepoint()
