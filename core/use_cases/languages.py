"""The language a caller speaks: ours, or a partner's through its field mapping."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import attrs

from core.entities.inventory import ROW_FIELDS
from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import Place, Problem
from core.mapping.mapping import Bulk, FieldMapping, ReadRecord
from core.mapping.model import ROWS, Lookup, MappingError
from core.mapping.paths import show
from core.mapping.standing import Located
from core.mapping.unfilled import Unfilled
from core.use_cases.received import (
    Ignored,
    Received,
    ReceivedBulk,
    ReceivedRecords,
    read_plainly,
    response_only_test,
)
from core.use_cases.structuring import unknown_places
from core.use_cases.telling import (
    MAPPING_AT_FAULT,
    for_the_operator,
    in_partners_words,
    is_mappings_fault,
)

NOT_ACCEPTED = "NOT_ACCEPTED"


class Language(Protocol):
    """Reads what a caller sends of a resource and says what they are answered."""

    @property
    @abstractmethod
    def resource(self) -> Resource:
        """The resource it is about."""

    @property
    @abstractmethod
    def identifier_field(self) -> str | None:
        """The field that identifiers name, if the mapping says so."""

    @property
    @abstractmethod
    def updates_duplicates(self) -> bool:
        """Whether a record pushed again updates the one there."""

    @abstractmethod
    def read(self, document: Json, *, partial: bool) -> ReceivedRecords:
        """The records of a payload."""

    @abstractmethod
    def read_bulk(self, document: Json) -> ReceivedBulk:
        """The payload as one inventory load."""

    @abstractmethod
    def say(self, view: JsonObject) -> Json:
        """A record in the caller's words."""

    @abstractmethod
    def say_rows(self, views: Sequence[JsonObject]) -> Sequence[Json]:
        """Inventory rows in the caller's words."""


@attrs.frozen
class PlainLanguage:
    """Our own words, in both directions."""

    resource: Resource
    updates_duplicates: bool = False
    identifier_field: str | None = None

    def read(self, document: Json, *, partial: bool) -> ReceivedRecords:
        """The document is the record."""
        return ReceivedRecords([self._read(document)])

    def read_bulk(self, document: Json) -> ReceivedBulk:
        """The document is the load."""
        rows = document.get("inventory") if isinstance(document, dict) else None
        count = len(rows) if isinstance(rows, list) else 0
        return ReceivedBulk(self._read(document), [f"inventory[{row}]" for row in range(count)], {})

    def say(self, view: JsonObject) -> Json:
        """As it is."""
        return view

    def say_rows(self, views: Sequence[JsonObject]) -> Sequence[Json]:
        """As they are."""
        return views

    def _read(self, document: Json) -> Received:
        return read_plainly(document, DESCRIPTIONS[self.resource].fields)


@attrs.frozen
class MappedLanguage:
    """A partner's words, through its field mapping; `alert` is told what could not be said to the partner."""

    resource: Resource
    mapping: FieldMapping
    lookup: Lookup
    alert: Callable[[str], None]

    @property
    def updates_duplicates(self) -> bool:
        """Whether a record pushed again updates the one there."""
        return self.mapping.on_duplicate == "update"

    @property
    def identifier_field(self) -> str | None:
        """The field that identifiers name, if the mapping says so."""
        return self.mapping.identifier_field

    def read(self, document: Json, *, partial: bool) -> ReceivedRecords:
        """Map every record of the payload in."""
        reading = self.mapping.read(document, partial=partial, lookup=self.lookup)
        records = [self._received(record, several=reading.several) for record in reading.records]
        return ReceivedRecords(records, reading.several, reading.found, _shown(reading.ignored))

    def read_bulk(self, document: Json) -> ReceivedBulk:
        """Map the payload in as one load; a row whose look-up fails stays, and fails by itself."""
        reading = self.mapping.read(document, lookup=self.lookup)
        bulk = reading.bulk()
        return ReceivedBulk(
            self._received_bulk(bulk),
            [place.field for place in bulk.row_places],
            {row: frozenset(map(_member, errors)) for row, errors in bulk.failed_rows.items()},
            [field.name for field in ROW_FIELDS if self.mapping.holds_secret((ROWS, 0, field.name))],
            found=reading.found,
            nothing_to_do=not reading.records,
            around=_shown(reading.ignored),
        )

    def say(self, view: JsonObject) -> Json:
        """Map the record out; what cannot be said is left out and an operator's matter."""
        result = self.mapping.outbound(view, lookup=self.lookup)
        for error in result.errors:
            self.alert(error.message)
        return result.value

    def say_rows(self, views: Sequence[JsonObject]) -> Sequence[Json]:
        """Map rows out; what cannot be said is an operator's matter here too."""
        results = [self.mapping.row_outbound(view, lookup=self.lookup) for view in views]
        for error in (error for result in results for error in result.errors):
            self.alert(error.message)
        return [result.value for result in results]

    def _received(self, record: ReadRecord, *, several: bool) -> Received:
        number = record.number if several else None
        return Received(
            value=record.value,
            tell=lambda problem: self._tell(record, problem),
            problems=tuple(_problem(error, number) for error in record.errors),
            unfilled=Unfilled(record.errors),
            defaulted=frozenset(record.defaulted),
            ignored=self._ignored(record),
            number=number,
        )

    def _received_bulk(self, bulk: Bulk) -> Received:
        return Received(
            value=bulk.value,
            tell=lambda problem: self._tell(bulk, problem),
            problems=tuple(_problem(error, error.record) for error in bulk.errors),
            unfilled=Unfilled(bulk.errors),
            ignored=self._ignored(bulk),
        )

    def _tell(self, record: ReadRecord | Bulk, problem: Problem) -> Problem:
        """The problem in the partner's words; one that no one sent is an operator's matter."""
        told = in_partners_words(problem, record, self.mapping)
        if not is_mappings_fault(problem.place, told, record):
            return told
        self.alert(for_the_operator(problem.place, told))
        return Problem((), "INVALID", MAPPING_AT_FAULT, told.sent_as, told.pointer)

    def _ignored(self, record: ReadRecord | Bulk) -> tuple[Ignored, ...]:
        """What nobody reads, by the sender's names; what only we set may be sent back as it was answered."""
        is_ours = response_only_test(self.resource)
        strangers = unknown_places(record.value, DESCRIPTIONS[self.resource].fields)
        unused = (sent for place, sent in record.ignored.items() if not is_ours(place))
        passed = (record.place_of(place) for place in strangers if not is_ours(place))
        found: dict[str, Ignored] = {}
        for sent in (*unused, *passed):
            if sent is not None:
                name = sent.field
                found.setdefault(name, Ignored(name, sent))
        return tuple(found.values())


def _shown(places: Iterable[Place]) -> tuple[Ignored, ...]:
    return tuple(Ignored(show(place), Located((), place)) for place in places)


def _member(error: MappingError) -> str:
    """The member of an inventory row that a failed look-up left empty."""
    return str(error.targets[0][-1])


def _problem(error: MappingError, number: int | None) -> Problem:
    return Problem((), error.code.upper(), error.message, error.field, error.pointer, number)
