"""Records as they were received, judged: mapping and schema together, every wrong place at once."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from core.entities.json import Json
from core.errors import MappingFailed, Problem, Refusal, RuleBroken, ValidationFailed
from core.use_cases.call import Call, NoBody
from core.use_cases.languages import NOT_ACCEPTED
from core.use_cases.received import Ignored, Received, ReceivedRecords
from core.use_cases.structuring import MAX_PROBLEMS, structure

T = TypeVar("T")


def body_of(call: Call) -> Json:
    """The document; ValidationFailed if nothing was sent."""
    if isinstance(call.document, NoBody):
        raise ValidationFailed(problems=[Problem((), "MISSING", "a JSON object is required as the body")])
    return call.document


def _nothing(_: Json) -> Sequence[Problem]:
    return ()


def judge(
    received: ReceivedRecords,
    command: type[T],
    call: Call,
    forbidden: Callable[[Json], Sequence[Problem]] = _nothing,
) -> list[T]:
    """The command in every record; a refusal that names all that is wrong in any of them."""
    mapped = [problem for record in received.records for problem in record.problems]
    invalid = _strangers(received.around, None) if call.strict else []
    commands = []
    for record in received.records:
        try:
            commands.append(structure(record.value, command))
        except ValidationFailed as refusal:
            invalid += _unheard(refusal, record)
        invalid += [record.translate(problem) for problem in forbidden(record.value)]
        if call.strict:
            invalid += _strangers(record.ignored, record.number)
    if mapped or invalid:
        raise _refusal(mapped, invalid)
    return commands


def no_record() -> ValidationFailed:
    """A payload in which no record stands."""
    return ValidationFailed(problems=[Problem((), "MISSING", "holds no record")])


def in_senders_words(record: Received, act: Callable[[], T]) -> T:
    """Act; a refusal names the places as the sender of the record does, and says no more than that."""
    try:
        return act()
    except Refusal as refusal:
        told = [record.translate(problem) for problem in refusal.problems]
        if any(one.message != other.message for one, other in zip(refusal.problems, told, strict=True)):
            refusal.message = ""
        refusal.problems = tuple(dict.fromkeys(told))
        raise


def _unheard(refusal: ValidationFailed, record: Received) -> list[Problem]:
    """What the mapping has not told already: a target it could not fill is not missing as well."""
    return [
        record.translate(problem)
        for problem in refusal.problems
        if problem.code != "MISSING" or not record.unfilled.holds(problem.place)
    ]


def _strangers(ignored: Sequence[Ignored], number: int | None) -> list[Problem]:
    message = "is no field that is read here"
    return [Problem((), "UNKNOWN_FIELD", message, one.field, one.pointer, number) for one in ignored]


def _refusal(mapped: Sequence[Problem], invalid: Sequence[Problem]) -> Refusal:
    problems = list(dict.fromkeys([*mapped, *invalid]))[:MAX_PROBLEMS]
    if any(problem.code != NOT_ACCEPTED for problem in mapped):
        return MappingFailed(problems=problems)
    return ValidationFailed(problems=problems) if invalid else RuleBroken(problems=problems)
