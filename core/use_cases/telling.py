"""How a problem with a mapped record is told: to the partner who sent it, and to the mapping's operator."""

from typing import Final

import attrs

from core.errors import Problem
from core.mapping.mapping import Bulk, FieldMapping, ReadRecord
from core.mapping.model import Place
from core.mapping.paths import show, with_each

MAPPING_AT_FAULT: Final = (
    "the field mapping of this integration is at fault, not what was sent; its operator has been told, "
    "so send the same again later"
)


def in_partners_words(problem: Problem, record: ReadRecord | Bulk, mapping: FieldMapping) -> Problem:
    """The problem at the partner's place, or at none; the value of a secret rule is left out."""
    found, message = record.place_of(problem.place), problem.message
    if problem.masked is not None and mapping.holds_secret(problem.place):
        message = problem.masked
    return attrs.evolve(
        problem,
        message=message,
        sent_as="" if found is None else found.field,
        pointer=None if found is None else found.pointer,
    )


def is_mappings_fault(place: Place, told: Problem, record: ReadRecord | Bulk) -> bool:
    """Whether no one sent what is wrong: a default or fixed value is, or the partner has no place for it."""
    return told.pointer is None or any(place[:end] in record.defaulted for end in range(1, len(place) + 1))


def for_the_operator(place: Place, told: Problem) -> str:
    """What an alert says, with our own name of the place: in whichever element, the mapping is the same."""
    return f"{show(with_each(place))}: {told.message}"
