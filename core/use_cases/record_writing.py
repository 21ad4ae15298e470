"""Creating, changing and deleting records of one resource, in the caller's language."""

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial

from core.entities.json import Json
from core.errors import PreconditionFailed, Problem, Refusal, ServiceUnavailable, ValidationFailed
from core.use_cases.call import Answer, Call, NoBody
from core.use_cases.caller import Caller
from core.use_cases.changing import refuse_fixed
from core.use_cases.judging import body_of, in_senders_words, judge, no_record
from core.use_cases.queries import QueryReader
from core.use_cases.received import Received, ReceivedRecords, read_plainly, response_only_fields
from core.use_cases.record_calls import C, N, R, RecordCalls
from core.use_cases.repeating import without_defaults
from core.use_cases.structuring import MAX_PROBLEMS, structure


def create_records(caller: Caller, call: Call, calls: RecordCalls[R, N, C]) -> Answer:
    """Create every record of the payload or none; a duplicate is changed instead, if that is asked for."""
    query = QueryReader(call.query, call.strict)
    upsert = query.truth("upsert", default=False) or caller.language.updates_duplicates
    query.check()
    received = caller.language.read(body_of(call), partial=False)
    caller.note(received)
    commands = judge(received, calls.new, call)
    if not received.found:
        raise no_record()
    saved = _save_all(caller, calls, received, commands, upsert=upsert)
    ids = [record.id for record, _ in saved]
    caller.trail.record_ids = tuple(ids) if received.several else next(iter(ids), None)
    said = [say_record(caller, calls, record) for record, _ in saved]
    created = any(is_new for _, is_new in saved)
    if said and not received.several:
        return Answer(said[0], is_record=True, created=created)
    return Answer(said, created=created)


def update_record(caller: Caller, call: Call, calls: RecordCalls[R, N, C]) -> Answer:
    """Change what is sent of the record that the identifier names."""
    QueryReader(call.query, call.strict).check()
    received = caller.language.read(body_of(call), partial=True)
    caller.note(received)
    one = _only(received)
    (change,) = judge(received, calls.change, call, calls.forbidden)
    record = _record_to_change(caller, call, calls)
    in_senders_words(one, lambda: refuse_fixed(one.value, calls.fixed(record)))
    record = in_senders_words(one, lambda: calls.update(caller.work, record, change, replace=call.replace))
    caller.trail.record_ids = record.id
    return Answer(say_record(caller, calls, record), is_record=True)


def delete_record(caller: Caller, call: Call, calls: RecordCalls[R, N, C]) -> Answer:
    """Cancel or deactivate the record that the identifier names; the body is never mapped."""
    QueryReader(call.query, call.strict).check()
    document = {} if isinstance(call.document, NoBody) else call.document
    received = read_plainly(document, (*calls.deletion_fields, *response_only_fields(calls.resource)))
    if not isinstance(call.document, NoBody):
        caller.note(ReceivedRecords([received]))
    judge(ReceivedRecords([received]), calls.deletion, call)
    record = _record_to_change(caller, call, calls)
    record = calls.delete(caller.work, record, document)
    caller.trail.record_ids = record.id
    return Answer(say_record(caller, calls, record), is_record=True)


def find_record(caller: Caller, call: Call, calls: RecordCalls[R, N, C]) -> R:
    """The record that the call's identifier names."""
    field = caller.identifier_field(calls.resource)
    return calls.find(caller.work, field, call.identifier or "", caller.slug)


def say_record(caller: Caller, calls: RecordCalls[R, N, C], record: R) -> Json:
    """The record in the caller's words."""
    return caller.language.say(calls.view(record, for_partner=caller.partner is not None))


def _record_to_change(caller: Caller, call: Call, calls: RecordCalls[R, N, C]) -> R:
    """The record that the call's identifier names; PreconditionFailed if it is not as the caller knows it."""
    record = find_record(caller, call, calls)
    if call.condition is not None and not call.condition(say_record(caller, calls, record)):
        raise PreconditionFailed
    return record


def _only(received: ReceivedRecords) -> Received:
    if not received.found:
        raise no_record()
    count = len(received.records)
    if count == 1:
        return received.records[0]
    message = "holds no record to change: the mapping leaves out records like this"
    if count:
        message = f"a change takes exactly one record, but {count} were sent: send each by itself"
    raise ValidationFailed(problems=[Problem((), "INVALID", message)])


def _save_all(
    caller: Caller,
    calls: RecordCalls[R, N, C],
    received: ReceivedRecords,
    commands: Sequence[N],
    *,
    upsert: bool,
) -> list[tuple[R, bool]]:
    """Save the records one after another; the refusals of several are told together."""
    saved: list[tuple[R, bool]] = []
    refused: list[Refusal] = []
    for record, command in zip(received.records, commands, strict=True):
        try:
            with caller.work.savepoint() if received.several else nullcontext():
                saved.append(_save(caller, calls, record, command, upsert=upsert))
        except ServiceUnavailable:
            raise
        except Refusal as refusal:
            if not received.several:
                raise
            refused.append(refusal)
    if refused:
        raise _merged(refused)
    return saved


def _save(
    caller: Caller, calls: RecordCalls[R, N, C], record: Received, command: N, *, upsert: bool
) -> tuple[R, bool]:
    there = calls.same(caller.work, command, caller.slug) if upsert else None
    if there is None:
        return in_senders_words(record, lambda: calls.create(caller.work, command, caller.slug)), True
    change = in_senders_words(
        record, lambda: structure(without_defaults(record.value, record.defaulted), calls.change)
    )
    updated = in_senders_words(record, lambda: calls.update(caller.work, there, change, replace=False))
    repeat = partial(calls.repeat, caller.work, updated, command, record.defaulted)
    return in_senders_words(record, repeat), False


def _merged(refusals: Sequence[Refusal]) -> Refusal:
    """The first refusal, with what those of its kind say of their records."""
    first = refusals[0]
    alike = [refusal for refusal in refusals if refusal.code == first.code]
    first.problems = tuple(problem for refusal in alike for problem in refusal.problems)[:MAX_PROBLEMS]
    return first
