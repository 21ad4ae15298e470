"""What a trial of a mapping asks and tells."""

from collections.abc import Sequence

import attrs

from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.errors import Problem
from core.mapping.directions import Explained
from core.mapping.model import Direction, Finding, MappingError, Place
from core.mapping.standing import Located
from core.mapping.trace import Entry


@attrs.frozen
class TryMapping:
    """A payload and the mapping to try on it: the one in use, another version, or one that is not saved.

    `in` takes what the partner sends (`partial`: to change a record), `out` records as the API shows them.
    """

    partner: str
    resource: Resource
    payload: Json
    direction: Direction = "in"
    partial: bool = False
    version: int | None = None
    unsaved: JsonObject | None = None


@attrs.frozen
class TracedRecord:
    """Where the values of one record came from; `number` counts the records, None if there is only one.

    Targets count from the record; sources, and what came to nothing, stand in what was sent.
    """

    number: int | None
    trace: Sequence[Entry]
    unused: Sequence[Located]
    blocked: Sequence[Located]
    removed: Sequence[Located]


@attrs.frozen
class Trial:
    """What the mapping makes of a payload, what it refuses, and what validation would find beyond that.

    One record gives one object, several an array in their order; inventory is always one bulk document, of
    which `failed_rows` are the errors of rows whose look-up found nothing. What `secret` rules write is
    masked; `around` is what nothing used outside of the records.
    """

    document: Json
    errors: Sequence[MappingError]
    invalid: Sequence[Problem] = ()
    findings: Sequence[Finding] = ()
    records: Sequence[TracedRecord] = ()
    around: Sequence[Located] = ()
    mapping_version: int | None = None
    failed_rows: Sequence[MappingError] = ()


def traced(number: int | None, explained: Explained, base: Place) -> TracedRecord:
    """What an explanation tells of a record that stands at `base` in what was sent."""
    return TracedRecord(
        number=number,
        trace=explained.trace,
        unused=[Located(base, place) for place in explained.unused],
        blocked=explained.blocked,
        removed=explained.removed,
    )
