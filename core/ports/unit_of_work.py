"""One transaction: its repositories, its clock, and who commits it."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.idempotency import IdempotencyRepository
from core.ports.operations import (
    ApiKeyRepository,
    KeyActivityRepository,
    LogRepository,
    MappingRepository,
    SettingRepository,
)
from core.ports.repositories import (
    InventoryRepository,
    LocationRepository,
    OrderRepository,
    PartnerRepository,
    ProductRepository,
)

T = TypeVar("T")


class UnitOfWork(Protocol):
    """What one call may read and change; it never commits."""

    orders: OrderRepository
    products: ProductRepository
    locations: LocationRepository
    inventory: InventoryRepository
    partners: PartnerRepository
    keys: ApiKeyRepository
    key_activity: KeyActivityRepository
    mappings: MappingRepository
    log: LogRepository
    settings: SettingRepository
    idempotency: IdempotencyRepository
    clock: Clock
    ids: IdSource

    @abstractmethod
    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what was done inside when an exception leaves it; savepoints nest."""


class Transactions(Protocol):
    """Runs calls, each in a transaction of its own, and answers when it is durable.

    A call that raises is undone and its exception raised to the caller. ServiceUnavailable when the storage
    does not answer or the transaction cannot be made durable; then nothing of the call is left.
    A call may be run again from the start after a conflict: it must have no effect outside its unit of work.
    """

    @abstractmethod
    def run(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a call and wait for it."""

    @abstractmethod
    def submit(self, call: Callable[[UnitOfWork], T]) -> Awaitable[T]:
        """Run a call without blocking the running event loop; to be used inside one."""

    @abstractmethod
    def run_together(self, calls: Sequence[Callable[[UnitOfWork], T]]) -> list[T | BaseException]:
        """Run calls that came at the same time, and wait for all: of each its result or what it raised.

        Which of them is first is not said.
        """

    @abstractmethod
    def read(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a call that only reads, on a consistent view, waiting for no writer."""

    @abstractmethod
    def ready(self) -> bool:
        """Whether the storage answers and its schema is the one this program needs."""

    @abstractmethod
    def close(self) -> None:
        """Finish what was submitted and let go of the storage."""
