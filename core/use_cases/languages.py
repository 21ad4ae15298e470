"""The language a caller speaks: ours, or a partner's through its field mapping."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

import attrs

from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import Place, Problem
from core.mapping.mapping import Bulk, FieldMapping, ReadRecord
from core.mapping.model import Lookup, MappingError
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


def _as_sent(place: Place) -> tuple[str, None]:
    return show(place), None


@attrs.frozen
class PlainLanguage:
    """Our own words, in both directions."""

    resource: Resource
    updates_duplicates: bool = False

    def read(self, document: Json, *, partial: bool) -> ReceivedRecords:
        """The document is the record."""
        return ReceivedRecords([self._received(document)])

    def read_bulk(self, document: Json) -> ReceivedBulk:
        """The document is the load."""
        rows = document.get("inventory") if isinstance(document, dict) else None
        count = len(rows) if isinstance(rows, list) else 0
        return ReceivedBulk(self._received(document), [f"inventory[{row}]" for row in range(count)], ())

    def say(self, view: JsonObject) -> Json:
        """As it is."""
        return view

    def say_rows(self, views: Sequence[JsonObject]) -> Sequence[Json]:
        """As they are."""
        return views

    def _received(self, document: Json) -> Received:
        strangers = unknown_places(document, DESCRIPTIONS[self.resource].fields)
        return Received(document, _as_sent, ignored=tuple(show(place) for place in strangers))


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
        strangers = unknown_places(value, DESCRIPTIONS[self.resource].fields)
        names = [show(place) for place in unused] + [locate(place)[0] for place in strangers]
        return tuple(dict.fromkeys(names))


def _named(errors: Iterable[MappingError]) -> frozenset[str]:
    return frozenset(place for error in errors for place in error.internal)


def _problem(error: MappingError, number: int | None) -> Problem:
    return Problem((), error.code.upper(), error.message, error.field, error.pointer, number)
