"""What was received of a caller: records as validation sees them, and how their places were called."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

import attrs

from core.entities.fields import Field, Kind
from core.entities.json import Json
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import Place, Problem
from core.mapping.origins import PartnerPlace
from core.mapping.passing import RENAMED
from core.mapping.paths import show
from core.mapping.standing import Located
from core.mapping.unfilled import Unfilled
from core.use_cases.structuring import unknown_places

ALL_FILLED: Final = Unfilled(())
Tell = Callable[[Problem], Problem]


class Ignored(NamedTuple):
    """What nobody reads, by the sender's name, and where it was sent if a mapping was used."""

    field: str
    sent: Located | PartnerPlace | None = None

    @property
    def pointer(self) -> str | None:
        """The JSON Pointer to it."""
        return None if self.sent is None else self.sent.pointer


@attrs.frozen
class Received:
    """One record as validation sees it; `tell` says a problem with it in the sender's words.

    `problems` are the mapping's; `unfilled` what they leave empty; `defaulted` what no one sent.
    """

    value: Json
    tell: Tell
    problems: tuple[Problem, ...] = ()
    unfilled: Unfilled = ALL_FILLED
    defaulted: frozenset[Place] = frozenset()
    ignored: tuple[Ignored, ...] = ()
    number: int | None = None

    def translate(self, problem: Problem) -> Problem:
        """The same problem in the sender's words."""
        if problem.sent_as is not None:
            return problem
        return attrs.evolve(self.tell(problem), record=self.number)


@attrs.frozen
class ReceivedBulk:
    """An inventory load: the document, the sender's name of each row, and what look-ups left empty in it.

    `secret_members` are those of rows whose values are not to be shown.
    `found` tells that there were records; `nothing_to_do` that the mapping's `where` left all of them out.
    """

    record: Received
    row_places: Sequence[str]
    failed_lookups: Mapping[int, Collection[str]]
    secret_members: Collection[str] = ()
    found: bool = True
    nothing_to_do: bool = False
    around: tuple[Ignored, ...] = ()

    @property
    def as_records(self) -> "ReceivedRecords":
        """The load as the one record of its payload."""
        return ReceivedRecords([self.record], around=self.around)


@attrs.frozen
class ReceivedRecords:
    """Every record of a payload; `several` tells that they stood in an array, `found` that there were any.

    `around` is what is ignored outside of the records.
    """

    records: Sequence[Received]
    several: bool = False
    found: bool = True
    around: tuple[Ignored, ...] = ()

    @property
    def ignored(self) -> tuple[str, ...]:
        """What nobody reads, each name once."""
        inside = (one for record in self.records for one in record.ignored)
        return tuple(dict.fromkeys(one.field for one in (*self.around, *inside)))


def response_only_fields(resource: Resource) -> tuple[Field, ...]:
    """What only we set; it may be sent back and changes nothing."""
    return tuple(field for field in DESCRIPTIONS[resource].fields if field.response_only)


def read_plainly(document: Json, fields: tuple[Field, ...]) -> Received:
    """A document in our own words, of which these fields are read."""
    ignored = tuple(Ignored(show(place)) for place in unknown_places(document, fields))
    return Received(document, _as_sent, ignored=ignored)


def _as_sent(problem: Problem) -> Problem:
    return attrs.evolve(problem, sent_as=show(problem.place))


@cache
def response_only_test(resource: Resource) -> Callable[[Place], bool]:
    """Tells whether only we set what an answer says at a place, by the name that it has there."""
    fields = DESCRIPTIONS[resource].fields
    ours = frozenset(field.name for field in response_only_fields(resource))
    lists = (field.fields for field in fields if field.kind is Kind.LIST)
    ours_in_lines = frozenset(field.name for line in lists for field in line if field.response_only)

    def is_response_only(place: Place) -> bool:
        name = str(place[-1])
        while name.startswith(RENAMED):
            name = name.removeprefix(RENAMED)
        if len(place) == 1:
            return name in ours
        return name in ours_in_lines and isinstance(place[-2], int)

    return is_response_only
