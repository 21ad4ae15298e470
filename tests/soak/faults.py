"""Promises that a run may find broken."""

import enum

import attrs


class FaultKind(enum.StrEnum):
    """What is counted apart, in the words of the report."""

    LOST = "acknowledged lost"
    UNLOGGED = "answered and not logged"
    HALF_WRITTEN = "half-written"
    DIFFERENT = "answered otherwise than logged"
    REPEATED = "done twice"
    BEHIND = "values behind the acknowledged"
    UNANSWERED = "carried out and not answered"
    UNEXPECTED = "unexpected answers"
    LATE = "answers after their time-out"
    CUT = "connections cut"
    DAMAGED = "damage to the database"
    MISSED = "lasting records missed"
    DISORDERED = "walks out of order"
    ADMITTED = "refused keys let in"
    NOT_UP = "servers not up or not down"


@attrs.frozen
class Fault:
    """One broken promise, as a sentence."""

    kind: FaultKind
    sentence: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.sentence}"
