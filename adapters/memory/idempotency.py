"""Outcomes under idempotency keys in memory."""

from datetime import datetime

from adapters.memory.state import State
from core.entities.idempotency import KeptOutcome, KeyedRequest
from core.ports.idempotency import IdempotencyRepository


class MemoryIdempotencyRepository(IdempotencyRepository):
    """The outcomes of requests that were made under an idempotency key."""

    def __init__(self, state: State) -> None:
        self._state = state

    def begin(self, request: KeyedRequest, since: datetime) -> KeptOutcome | None:
        """The outcome kept under the request's id; no other call is ever under way."""
        kept = self._state.outcomes.get(request.id)
        return kept if kept is not None and kept.kept_at >= since else None

    def keep(self, outcome: KeptOutcome) -> None:
        """Keep an outcome, in the place of an older one of its id."""
        self._state.outcomes[outcome.request.id] = outcome

    def purge(self, before: datetime) -> int:
        """Forget those kept before; tell how many."""
        old = [kept.request.id for kept in self._state.outcomes.values() if kept.kept_at < before]
        for id in old:
            del self._state.outcomes[id]
        return len(old)
