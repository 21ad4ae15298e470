"""One integration call over HTTP: its transaction, its answer, and the log entry that lands with both."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs
from structlog.typing import FilteringBoundLogger

from adapters.http.context import RequestContext
from adapters.http.deprecation import Deprecation, with_notice
from adapters.http.envelope import failure, success
from adapters.http.idempotency import keep, told_again
from adapters.http.log_entries import record
from adapters.http.reply import Reply
from core.entities.idempotency import KeptOutcome
from core.errors import Refusal
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.call import Call, Outcome

IntegrationCall: TypeAlias = Callable[[UnitOfWork, Call], Outcome]


@attrs.frozen
class Exchange:
    """Gives calls to the core and brings back what to answer."""

    transactions: Transactions
    carry_out: IntegrationCall
    logger: FilteringBoundLogger
    deprecations: Sequence[Deprecation] = ()

    async def __call__(self, call: Call, context: RequestContext) -> Reply:
        """Answer when the call and its log entry are durable."""
        outcome, reply = await self.transactions.submit(lambda work: self._run(work, call))
        self._tell(outcome, context)
        return with_notice(reply, call, self.deprecations) if self.deprecations else reply

    def _run(self, work: UnitOfWork, call: Call) -> tuple[Outcome, Reply]:
        outcome = self.carry_out(work, call)
        reply = _reply(outcome, call)
        record(work, call, outcome, reply)
        if outcome.trail.keyed is not None:
            keep(work, outcome, reply)
        return outcome, reply

    def _tell(self, outcome: Outcome, context: RequestContext) -> None:
        """Note for the log line who called, and log what needs an operator."""
        trail = outcome.trail
        if trail.key is not None:
            context.api_key, context.partner = trail.key.name, trail.key.partner
        context.error_code = outcome.error_code
        if outcome.fault is not None:
            self.logger.error("fault", request_id=context.request_id, exc_info=outcome.fault)
        for alert in dict.fromkeys(trail.alerts):
            self.logger.warning("alert", request_id=context.request_id, alert=alert)


def _reply(outcome: Outcome, call: Call) -> Reply:
    match outcome.result:
        case Refusal() as refusal:
            return failure(refusal, call.request_id)
        case KeptOutcome() as kept:
            return told_again(kept)
        case answer:
            return success(answer)
