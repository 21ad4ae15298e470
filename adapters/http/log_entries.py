"""What is kept of a request, in the transaction that carried it out."""

from datetime import timedelta
from types import MappingProxyType

from adapters.http.envelope import encode
from adapters.http.errors import REFUSED_KEY, STATUS_OF
from adapters.http.reply import Reply
from core.entities.api_key import ApiKey
from core.entities.integration_log import KeyActivity, LogEntry, LogStatus
from core.entities.resource import Action
from core.errors import MappingFailed, NotFound, Refusal, RuleBroken
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.call import Call, NoBody, Outcome, Trail

_STATUS_OF_CODE = MappingProxyType(
    {
        RuleBroken.code: LogStatus.SERVICE_ERROR,
        MappingFailed.code: LogStatus.MAPPING_ERROR,
        NotFound.code: LogStatus.NOT_FOUND,
    }
)
_MILLISECOND = timedelta(milliseconds=1)


def record(work: UnitOfWork, call: Call, outcome: Outcome, reply: Reply) -> None:
    """Log a request that was let in; of a refused key keep its activity, of an OPTIONS nothing."""
    result, key = outcome.result, outcome.trail.key
    if isinstance(result, Refusal) and reply.status in REFUSED_KEY:
        _record_activity(work, call, result, key)
    elif key is not None and call.action is not Action.OPTIONS:
        work.log.add(_entry(work, call, outcome, reply, key))


def _record_activity(work: UnitOfWork, call: Call, refusal: Refusal, key: ApiKey | None) -> None:
    id, now = work.ids.new_id(), work.clock.now()
    if key is None:
        work.key_activity.count_unknown(refusal.code, now, id)
    else:
        work.key_activity.add(
            KeyActivity(id, now, key.name, refusal.code, call.method, call.path, call.request_id)
        )


def _entry(work: UnitOfWork, call: Call, outcome: Outcome, reply: Reply, key: ApiKey) -> LogEntry:
    trail = outcome.trail
    return LogEntry(
        id=work.ids.new_id(),
        received_at=call.received_at,
        request_id=call.request_id,
        partner=key.partner,
        api_key=key.name,
        action=call.action_name,
        identifier=call.identifier,
        method=call.method,
        path=call.path,
        response_status=reply.status,
        status=_status(outcome.error_code),
        error_message=outcome.error_message,
        duration_ms=max(0.0, round((work.clock.now() - call.received_at) / _MILLISECOND, 3)),
        raw_payload=call.raw,
        mapped_payload=_mapped(trail),
        ignored_fields=trail.ignored,
        mapping_version=trail.mapping_version,
        record_ids=trail.record_ids,
        response_body=reply.body,
    )


def _mapped(trail: Trail) -> bytes | None:
    return None if isinstance(trail.mapped, NoBody) else encode(trail.mapped)


def _status(error_code: str | None) -> LogStatus:
    if error_code is None:
        return LogStatus.SUCCESS
    status = STATUS_OF[error_code]
    rest = LogStatus.ERROR if status == 429 or status >= 500 else LogStatus.VALIDATION_ERROR
    return _STATUS_OF_CODE.get(error_code, rest)
