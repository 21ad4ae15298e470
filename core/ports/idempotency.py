"""What was answered under idempotency keys, kept in the transaction of the request itself."""

from abc import abstractmethod
from datetime import datetime
from typing import Protocol

from core.entities.idempotency import KeptOutcome, KeyedRequest


class IdempotencyRepository(Protocol):
    """The outcomes of requests that were made under an idempotency key."""

    @abstractmethod
    def begin(self, request: KeyedRequest, since: datetime) -> KeptOutcome | None:
        """The outcome kept under the request's id at this time or later; None: carry the request out.

        IdempotencyInProgress, without waiting, if another transaction is carrying one of this id out.
        """

    @abstractmethod
    def keep(self, outcome: KeptOutcome) -> None:
        """Keep an outcome, in the place of an older one of its id.

        Of transactions that keep one side by side a single one commits; the others are run again.
        """

    @abstractmethod
    def purge(self, before: datetime) -> int:
        """Forget a bounded number of those kept before; tell how many, 0 when none is left."""
