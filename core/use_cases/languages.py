"""The language a caller speaks: ours, or a partner's through its field mapping."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import Protocol

import attrs

from core.entities.fields import Field, Kind
from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import Place, Problem
from core.mapping.mapping import Bulk, FieldMapping, ReadRecord
from core.mapping.model import Lookup, MappingError
from core.mapping.passing import RENAMED
from core.mapping.paths import show
from core.use_cases.structuring import unknown_places

Locate = Callable[[Place], tuple[str, str | None]]
NOT_ACCEPTED = "NOT_ACCEPTED"


@attrs.frozen
class Received:
    """One record as validation sees it, and how its places were called by the sender.

    `problems` are the mapping's; `named` the internal places they are about; `defaulted` what no one sent.
    """

    value: Json
    locate: Locate
    problems: tuple[Problem, ...] = ()
    named: frozenset[str] = frozenset()
    defaulted: frozenset[Place] = frozenset()
    ignored: tuple[str, ...] = ()
    number: int | None = None

    def translate(self, problem: Problem) -> Problem:
        """The same problem in the sender's words."""
        if problem.sent_as is not None:
            return problem
        sent_as, pointer = self.locate(problem.place)
        return attrs.evolve(problem, sent_as=sent_as, pointer=pointer, record=self.number)


@attrs.frozen
class ReceivedBulk:
    """An inventory load: the document, the sender's name of each row, and the rows whose look-up failed.

    `nothing_to_do`: there were records, but the mapping's `where` left all of them out.
    """

    record: Received
    row_places: Sequence[str]
    failed_lookups: Collection[int]
    nothing_to_do: bool = False


@attrs.frozen
class ReceivedRecords:
    """Every record of a payload; `several` tells that they stood in an array, `found` that there were any."""

    records: Sequence[Received]
    several: bool = False
    found: bool = True


class Language(Protocol):
    """Reads what a caller sends and says what they are answered."""

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


def response_only_fields(resource: Resource) -> tuple[Field, ...]:
    """What only we set; it may be sent back and changes nothing."""
    return tuple(field for field in DESCRIPTIONS[resource].fields if field.response_only)


def read_plainly(document: Json, fields: tuple[Field, ...]) -> Received:
    """A document in our own words, of which these fields are read."""
    ignored = tuple(show(place) for place in unknown_places(document, fields))
    return Received(document, _as_sent, ignored=ignored)


def _as_sent(place: Place) -> tuple[str, None]:
    return show(place), None


@attrs.frozen
class PlainLanguage:
    """Our own words, in both directions."""

    resource: Resource
    updates_duplicates: bool = False

    def read(self, document: Json, *, partial: bool) -> ReceivedRecords:
        """The document is the record."""
        return ReceivedRecords([self._read(document)])

    def read_bulk(self, document: Json) -> ReceivedBulk:
        """The document is the load."""
        rows = document.get("inventory") if isinstance(document, dict) else None
        count = len(rows) if isinstance(rows, list) else 0
        return ReceivedBulk(self._read(document), [f"inventory[{row}]" for row in range(count)], ())

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

    def read(self, document: Json, *, partial: bool) -> ReceivedRecords:
        """Map every record of the payload in."""
        reading = self.mapping.read(document, partial=partial, lookup=self.lookup)
        records = [self._received(record, several=reading.several) for record in reading.records]
        return ReceivedRecords(records, reading.several, reading.found)

    def read_bulk(self, document: Json) -> ReceivedBulk:
        """Map the payload in as one load; a row whose look-up fails stays, and fails by itself."""
        reading = self.mapping.read(document, lookup=self.lookup)
        bulk = reading.bulk()
        return ReceivedBulk(
            self._received_bulk(bulk),
            [place.field for place in bulk.row_places],
            bulk.failed_rows,
            nothing_to_do=reading.found and not reading.records,
        )

    def say(self, view: JsonObject) -> Json:
        """Map the record out; what cannot be said is left out and an operator's matter."""
        result = self.mapping.outbound(view, lookup=self.lookup)
        for error in result.errors:
            self.alert(error.message)
        return result.value

    def say_rows(self, views: Sequence[JsonObject]) -> Sequence[Json]:
        """Map rows out."""
        return self.mapping.rows_out(views, lookup=self.lookup)

    def _received(self, record: ReadRecord, *, several: bool) -> Received:
        def locate(place: Place) -> tuple[str, str | None]:
            found = record.place_of(place)
            return found.field, found.pointer

        number = record.number if several else None
        return Received(
            value=record.value,
            locate=locate,
            problems=tuple(_problem(error, number) for error in record.errors),
            named=_named(record.errors),
            defaulted=frozenset(record.defaulted),
            ignored=self._ignored(record.value, record.ignored, locate),
            number=number,
        )

    def _received_bulk(self, bulk: Bulk) -> Received:
        def locate(place: Place) -> tuple[str, str | None]:
            found = bulk.place_of(place)
            return found.field, found.pointer

        return Received(
            value=bulk.value,
            locate=locate,
            problems=tuple(_problem(error, error.record) for error in bulk.errors),
            named=_named(bulk.errors),
            ignored=self._ignored(bulk.value, bulk.ignored, locate),
        )

    def _ignored(self, value: Json, unused: Iterable[Place], locate: Locate) -> tuple[str, ...]:
        """What nobody reads, by the sender's names; what only we set may be sent back as it was answered."""
        strangers = unknown_places(value, DESCRIPTIONS[self.resource].fields)
        names = [show(place) for place in unused if not self._is_ours(place)]
        names += [locate(place)[0] for place in strangers if not self._is_ours(place)]
        return tuple(dict.fromkeys(names))

    def _is_ours(self, place: Place) -> bool:
        name = str(place[-1])
        while name.startswith(RENAMED):
            name = name.removeprefix(RENAMED)
        if len(place) == 1:
            return name in _names_of_ours(self.resource)
        return isinstance(place[-2], int) and name in _names_of_ours_in_lines(self.resource)


@cache
def _names_of_ours(resource: Resource) -> frozenset[str]:
    return frozenset(field.name for field in response_only_fields(resource))


@cache
def _names_of_ours_in_lines(resource: Resource) -> frozenset[str]:
    lists = (field.fields for field in DESCRIPTIONS[resource].fields if field.kind is Kind.LIST)
    return frozenset(field.name for fields in lists for field in fields if field.response_only)


def _named(errors: Iterable[MappingError]) -> frozenset[str]:
    return frozenset(place for error in errors for place in error.internal)


def _problem(error: MappingError, number: int | None) -> Problem:
    return Problem((), error.code.upper(), error.message, error.field, error.pointer, number)
