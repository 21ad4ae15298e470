"""Reads a payload: its records, which of them count, and where each value came from (section 17)."""

from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from core.mapping.budget import Budget
from core.mapping.bulk import Bulk, make_bulk
from core.mapping.claims import Claims, envelope_claims
from core.mapping.conditions import All, Condition
from core.mapping.directions import Explained, MappingDirection
from core.mapping.errorlog import ErrorLog
from core.mapping.generate import Question
from core.mapping.ignoring import ignored_places
from core.mapping.merging import BadFigure
from core.mapping.model import ABSENT, ROWS, Json, Lookup, MappingError, Place
from core.mapping.origins import Origins, PartnerPlace
from core.mapping.passing import strangers
from core.mapping.paths import EACH, Steps
from core.mapping.places import Places
from core.mapping.readmaking import InboundReads
from core.mapping.reads import Asking, first_failing
from core.mapping.records import Envelope, FoundRecords, find_records
from core.mapping.rules import RuleSet
from core.mapping.standing import Located, Standing, TooMany, Trouble


@attrs.frozen
class Reader:
    """What reading payloads needs of a mapping."""

    rules: RuleSet
    inbound: MappingDirection
    where: tuple[Asking, ...]
    accept: tuple[Asking, ...]
    rows_are_records: bool
    _counting: Question
    _accepting: Question
    _claims_around: dict[Steps, Claims] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, rules: RuleSet, inbound: MappingDirection) -> "Reader":
        """The reader of a mapping."""
        reads = InboundReads(rules, inbound.plan.claims)
        where, accept = (
            tuple(asking for part in _parts(condition) if (asking := reads.asking(part)))
            for condition in (rules.where, rules.accept)
        )
        compiles = inbound.runner.compiles
        return cls(
            rules=rules,
            inbound=inbound,
            where=where,
            accept=accept,
            rows_are_records=_are_rows_records(rules),
            counting=Question(where, rules.empty, compiles=compiles),
            accepting=Question(accept, rules.empty, compiles=compiles),
        )

    @cached_property
    def places(self) -> Places:
        """How our places translate; asked only where something is refused."""
        return Places(self.rules, "internal")

    def read(self, payload: Json, *, partial: bool, lookup: Lookup | None) -> "Reading":
        """Map every record that counts."""
        found = find_records(payload, self.rules.record)
        budget = Budget()
        if not budget.take(len(found.standings)):
            first = found.standings[0]
            refused = self._too_many(first, 0, None, TooMany(Located((), first.base[:-1]), ABSENT))
            return Reading(self, found.several, found=True, records=(refused,), envelopes=())
        records = tuple(self._records(found, budget, partial=partial, lookup=lookup))
        return Reading(self, found.several, bool(found.standings), records, found.envelopes)

    def ignored_around(self, envelope: Envelope) -> Iterator[Place]:
        """The topmost places of one payload, outside of its records, that nothing used."""
        claims = self._claims_around.get(envelope.path)
        if claims is None:
            claims = self._claims_around[envelope.path] = envelope_claims(self.rules, envelope.path)
        return strangers(envelope.payload.value, claims, everywhere=True)

    def _counts(self, standing: Standing, *, partial: bool) -> bool:
        if not self.where or type(standing.value) is not dict or self._counting.holds(standing):
            return True
        return partial and first_failing(self.where, standing, partial=True) is None

    def _records(
        self, found: FoundRecords, budget: Budget, *, partial: bool, lookup: Lookup | None
    ) -> Iterator["ReadRecord"]:
        for number, standing in enumerate(found.standings):
            standing.budget = budget
            sent_as = number if found.several else None
            try:
                if self._counts(standing, partial=partial):
                    yield self._record(standing, number, sent_as, budget, partial=partial, lookup=lookup)
            except TooMany as bad:
                yield self._too_many(standing, number, sent_as, bad)

    def _record(
        self,
        standing: Standing,
        number: int,
        sent_as: int | None,
        budget: Budget,
        *,
        partial: bool,
        lookup: Lookup | None,
    ) -> "ReadRecord":
        done = self.inbound.runner.run(standing, budget, partial=partial, lookup=lookup)
        self._judge(standing, done.errors, partial=partial)
        errors = self.errors_of(done.errors, sent_as) if done.errors.faults else ()
        return ReadRecord(
            self, number, sent_as, done.value, errors, done.defaulted, standing, partial, lookup
        )

    def errors_of(self, errors: ErrorLog, sent_as: int | None) -> tuple[MappingError, ...]:
        """What a log holds of one record."""
        return tuple(errors.inbound(sent_as, self.inbound.plan.secrets))

    def _judge(self, standing: Standing, errors: ErrorLog, *, partial: bool) -> None:
        """Note the first condition of `accept` that fails."""
        if not self.accept or (type(standing.value) is dict and self._accepting.holds(standing)):
            return
        failing = first_failing(self.accept, standing, partial=partial)
        if failing is not None:
            asking, path = failing
            value = asking.reader(standing)(path)
            errors.note(Trouble("not_accepted", asking.located(standing, path), None, value))

    def _too_many(self, standing: Standing, number: int, sent_as: int | None, bad: TooMany) -> "ReadRecord":
        errors = ErrorLog()
        for trouble in bad.troubles:
            errors.note(trouble)
        found = self.errors_of(errors, sent_as)
        return ReadRecord(self, number, sent_as, {}, found, frozenset(), standing, partial=False, lookup=None)


@attrs.frozen(eq=False)
class ReadRecord:
    """One record as the mapping gives it; `number` counts the records as sent, from 0.

    `sent_as` is the number where there were several, else None.
    """

    _reader: Reader
    number: int
    sent_as: int | None
    value: dict[str, Json]
    errors: tuple[MappingError, ...]
    defaulted: frozenset[Place]
    _standing: Standing
    _partial: bool
    _lookup: Lookup | None
    _origins: list[Origins] = attrs.field(factory=list, init=False)

    @property
    def base(self) -> Place:
        """Where the record stands in what was sent."""
        return self._standing.base

    @property
    def ignored(self) -> Mapping[Place, Located]:
        """The topmost places in the record that nothing used, and where they stand in what was sent."""
        unused = ignored_places(self._reader.inbound.plan, self._standing.value)
        return {place: Located(self.base, place) for place in unused}

    def locate(self, place: Place) -> Located | None:
        """Where a place of ours came from, or would have; None if the partner has no such place."""
        return self._reader.places.locate(place, self._found())

    def locate_row(self, number: int) -> Located:
        """Where an inventory row stands: an element, or the record itself."""
        found = None if self._reader.rows_are_records else self._found().element((ROWS, number))
        return found or Located(self.base, ())

    def refused(self, figure: BadFigure, number: int) -> MappingError:
        """The error for a figure of one of its rows that cannot be added up."""
        place: Place = (ROWS, number, *figure.names)
        located = self.locate(place) or self.locate_row(number)
        errors = ErrorLog()
        errors.note(Trouble(figure.code, located, figure.expected, figure.found), None, place)
        (error,) = self._reader.errors_of(errors, self.sent_as)
        return error

    def place_of(self, place: Place) -> PartnerPlace | None:
        """The same, in the partner's words."""
        located = self.locate(place) if place else Located(self.base, ())
        return None if located is None else PartnerPlace.of(located)

    def explain(self) -> Explained:
        """Where each value of the record came from."""
        return self._reader.inbound.explain_at(self._standing, partial=self._partial, lookup=self._lookup)

    def _found(self) -> Origins:
        if not self._origins:
            explained = self.explain()
            self._origins.append(Origins.of(explained.trace, explained.links, self._standing))
        return self._origins[0]


@attrs.frozen(eq=False)
class Reading:
    """What a payload holds; `found` tells whether there were records at all, before `where`."""

    _reader: Reader
    several: bool
    found: bool
    records: tuple[ReadRecord, ...]
    _envelopes: tuple[Envelope, ...]

    @property
    def ignored(self) -> tuple[Place, ...]:
        """The topmost places around the records that nothing used."""
        return tuple(
            (*envelope.payload.base, *place)
            for envelope in self._envelopes
            if envelope.path
            for place in self._reader.ignored_around(envelope)
        )

    def bulk(self) -> Bulk:
        """All records together as one inventory load."""
        return make_bulk(self.records, self._reader.rules.merge, self._reader.inbound.plan.row_minimums)


def _are_rows_records(rules: RuleSet) -> bool:
    """Whether rows are filled by their index alone."""
    if any(pair.internal == (ROWS, EACH) for rule in rules.rules for pair in rule.pairs):
        return False
    return any(_is_indexed_row(rule.internal) for rule in rules.rules)


def _is_indexed_row(internal: Steps | None) -> bool:
    return internal is not None and len(internal) > 1 and internal[0] == ROWS and isinstance(internal[1], int)


def _parts(condition: Condition | None) -> Iterator[Condition]:
    """The conditions that all have to hold."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _parts(part)
    elif condition is not None:
        yield condition
