"""One integration call over HTTP: its transaction, its answer, and the log entry that lands with both."""

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol, TypeAlias

import attrs
from structlog.typing import FilteringBoundLogger

from adapters.http.deprecation import DEPRECATIONS, Deprecation, with_notice
from adapters.http.envelope import failure, success
from adapters.http.idempotency import keep, told_again
from adapters.http.log_entries import record
from adapters.http.reply import Answered, Reply
from core.entities.idempotency import KeptOutcome
from core.errors import Refusal
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.call import Call, Outcome

IntegrationCall: TypeAlias = Callable[[UnitOfWork, Call], Outcome]


class Exchanging(Protocol):
    """Brings calls to where they are carried out, and back what to answer."""

    @abstractmethod
    async def __call__(self, call: Call) -> Answered:
        """Answer when the call and its log entry are durable; ServiceUnavailable when they cannot be."""

    @abstractmethod
    async def ready(self) -> bool:
        """Whether calls can be carried out."""


@attrs.frozen
class Exchange(Exchanging):
    """Gives calls to the core in this process."""

    transactions: Transactions
    carry_out: IntegrationCall
    logger: FilteringBoundLogger
    deprecations: Sequence[Deprecation] = DEPRECATIONS

    async def __call__(self, call: Call) -> Answered:
        """Answer when the call and its log entry are durable."""
        outcome, reply = await self.transactions.submit(partial(self._run, call=call))
        return self._answered(call, outcome, reply)

    async def ready(self) -> bool:
        """Whether the storage answers and its schema is the one this program needs."""
        return await asyncio.to_thread(self.transactions.ready)

    def together(self, calls: Sequence[Call]) -> Iterable[Answered | BaseException]:
        """The same at once for calls that came together: of each the answer or what was raised."""
        results = self.transactions.run_together([partial(self._run, call=call) for call in calls])
        for call, result in zip(calls, results, strict=True):
            yield result if isinstance(result, BaseException) else self._answered(call, *result)

    def _run(self, work: UnitOfWork, call: Call) -> tuple[Outcome, Reply]:
        outcome = self.carry_out(work, call)
        reply = _reply(outcome, call)
        record(work, call, outcome, reply)
        if outcome.trail.keyed is not None:
            keep(work, outcome, reply)
        return outcome, reply

    def _answered(self, call: Call, outcome: Outcome, reply: Reply) -> Answered:
        """Log what needs an operator, and tell who called."""
        key = outcome.trail.key
        if outcome.fault is not None:
            self.logger.error("fault", request_id=call.request_id, exc_info=outcome.fault)
        for alert in dict.fromkeys(outcome.trail.alerts):
            self.logger.warning("alert", request_id=call.request_id, alert=alert)
        return Answered(
            with_notice(reply, call, self.deprecations) if self.deprecations else reply,
            None if key is None else key.name,
            None if key is None else key.partner,
            outcome.error_code,
        )


def _reply(outcome: Outcome, call: Call) -> Reply:
    match outcome.result:
        case Refusal() as refusal:
            return failure(refusal, call.request_id)
        case KeptOutcome() as kept:
            return told_again(kept)
        case answer:
            return success(answer)
