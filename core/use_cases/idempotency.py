"""Retries: the first outcome under an idempotency key is told again instead of being brought about twice."""

from core.entities.idempotency import KEPT_FOR, KeptOutcome, KeyedRequest
from core.entities.resource import Verb
from core.errors import IdempotencyKeyReused, InternalError, RateLimited, ServiceUnavailable
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.call import Call, Outcome, Trail

_WORTH_RETRYING = (InternalError, RateLimited, ServiceUnavailable)


def recall(work: UnitOfWork, call: Call, trail: Trail) -> KeptOutcome | None:
    """What an admitted call's idempotency key has brought about within 24 hours, to be answered again.

    None: it has none, or it is the first under it and is noted in the trail as to be kept.
    IdempotencyKeyReused if that was another request, IdempotencyInProgress if it is not done yet.
    """
    if call.idempotency_key is None or call.action.verb is Verb.READ or trail.key is None:
        return None
    request = KeyedRequest.of(trail.key.id, call.idempotency_key, call.method, call.path, call.raw)
    kept = work.idempotency.begin(request, work.clock.now() - KEPT_FOR)
    if kept is None:
        trail.keyed = request
    elif kept.request.fingerprint != request.fingerprint:
        raise IdempotencyKeyReused
    return kept


def keep_outcome(
    work: UnitOfWork, outcome: Outcome, status: int, headers: tuple[tuple[str, str], ...], body: bytes
) -> None:
    """Keep what the first call under an idempotency key is answered, in its own transaction.

    Refusals are kept as well (400, 404, 409, 412, 415, 422): what was judged once is not judged again. What
    was not judged is not kept, so that it can be tried again under the same key: a refused API key, partner
    or scope (401, 403: such a call never gets here), a body that was not read whole (408, 413), too many
    requests (429), a fault of ours (500), storage that is away (503, which takes the whole transaction).
    """
    request = outcome.trail.keyed
    if request is None or isinstance(outcome.result, _WORTH_RETRYING):
        return
    code, message = outcome.error_code, outcome.error_message
    work.idempotency.keep(KeptOutcome(request, work.clock.now(), status, headers, body, code, message))


def purge_outcomes(work: UnitOfWork) -> int:
    """Forget a bounded number of outcomes past their time; tell how many, 0 when done."""
    return work.idempotency.purge(work.clock.now() - KEPT_FOR)
