"""The repositories of one copy of what there is."""

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.memory.idempotency import MemoryIdempotencyRepository
from adapters.memory.inventory import MemoryInventoryRepository
from adapters.memory.key_activity import MemoryKeyActivityRepository
from adapters.memory.keys import MemoryApiKeyRepository
from adapters.memory.locations import MemoryLocationRepository
from adapters.memory.log import MemoryLogRepository
from adapters.memory.mappings import MemoryMappingRepository
from adapters.memory.orders import MemoryOrderRepository
from adapters.memory.partners import MemoryPartnerRepository
from adapters.memory.products import MemoryProductRepository
from adapters.memory.settings import MemorySettingRepository
from adapters.memory.state import State
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import UnitOfWork


class MemoryUnitOfWork(UnitOfWork):
    """What one call may read and change: a state of its own."""

    def __init__(self, state: State, clock: Clock, ids: IdSource) -> None:
        self.state = state
        self.orders = MemoryOrderRepository(state)
        self.products = MemoryProductRepository(state)
        self.locations = MemoryLocationRepository(state)
        self.inventory = MemoryInventoryRepository(state)
        self.partners = MemoryPartnerRepository(state)
        self.keys = MemoryApiKeyRepository(state)
        self.key_activity = MemoryKeyActivityRepository(state)
        self.mappings = MemoryMappingRepository(state)
        self.log = MemoryLogRepository(state)
        self.settings = MemorySettingRepository(state)
        self.idempotency = MemoryIdempotencyRepository(state)
        self.clock = clock
        self.ids = ids

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what was done inside when an exception leaves it; savepoints nest."""
        before = self.state.copy()
        try:
            yield
        except BaseException:
            self.state.become(before)
            raise
