"""A mapping ready for use: load it, run it both ways, translate places."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

import attrs

from core.mapping.bulk import Bulk
from core.mapping.document import content_hash, stored_form
from core.mapping.expand import expand
from core.mapping.ignoring import ignored_places
from core.mapping.interpret import Run
from core.mapping.lint import check_rules
from core.mapping.lint.samples import check_samples
from core.mapping.model import Finding, Json, Lookup, MappingError, MappingRefused, Place
from core.mapping.origins import Origins, PartnerPlace
from core.mapping.paths import parse
from core.mapping.places import Places, Translation
from core.mapping.plan import Plan
from core.mapping.planning import plan_for
from core.mapping.reading import Reader, Reading, ReadRecord
from core.mapping.rows import row_rules
from core.mapping.rules import RuleSet
from core.mapping.shape import check_shape
from core.mapping.standing import Standing
from core.mapping.trace import Trace

__all__ = ["Bulk", "FieldMapping", "PartnerPlace", "ReadRecord", "Reading", "Result", "Translation", "load"]


def load(document: Mapping[str, Json], schema: Mapping[str, Json] | None = None) -> "FieldMapping":
    """The mapping that a document describes, checked against our schema; MappingRefused if it has errors."""
    if malformed := check_shape(dict(document)):
        raise MappingRefused(tuple(malformed))
    stored = stored_form(document)
    rules = expand(stored)
    findings = tuple(check_rules(stored, rules, schema))
    if any(finding.severity == "error" for finding in findings):
        raise MappingRefused(findings)
    return FieldMapping(stored, rules, findings)


def lint(
    document: Mapping[str, Json], schema: Mapping[str, Json] | None = None, samples: Sequence[Json] = ()
) -> tuple[Finding, ...]:
    """Every finding about a document, errors first; the partner's samples raise doubts of their own."""
    try:
        mapping = load(document, schema)
    except MappingRefused as refused:
        return refused.findings
    return (*mapping.warnings, *check_samples(mapping.rules, samples))


@attrs.frozen(eq=False)
class Result:
    """What one run gave; `defaulted` are the places that only a default or a fixed value filled."""

    value: dict[str, Json]
    errors: tuple[MappingError, ...]
    defaulted: frozenset[Place]
    _plan: Plan
    _document: Json

    @property
    def ignored(self) -> tuple[Place, ...]:
        """The topmost places of the source that nothing used."""
        return tuple(ignored_places(self._plan, self._document))


@attrs.frozen(eq=False)
class Explained:
    """What one run gave, and what it did."""

    value: dict[str, Json]
    errors: tuple[MappingError, ...]
    trace: Trace
    unused: tuple[Place, ...]


@attrs.frozen(eq=False)
class DirectionOfMapping:
    """One direction of a mapping; call it with a document."""

    plan: Plan

    def __call__(self, document: Json, *, partial: bool = False, lookup: Lookup | None = None) -> Result:
        """Map one document."""
        run = Run(self.plan, lookup=lookup, partial=partial)
        value = run.document(Standing(document))
        return Result(value, self._errors(run), frozenset(run.defaulted), self.plan, document)

    def explain(self, document: Json, *, partial: bool = False, lookup: Lookup | None = None) -> Explained:
        """Map one document and tell where each value came from."""
        trace = Trace()
        run = Run(self.plan, lookup=lookup, partial=partial, trace=trace)
        value = run.document(Standing(document))
        unused = tuple(ignored_places(self.plan, document))
        return Explained(value, self._errors(run), trace, unused)

    def _errors(self, run: Run) -> tuple[MappingError, ...]:
        return tuple(run.errors.inbound(None) if self.plan.direction == "in" else run.errors.outbound())


class FieldMapping:
    """A partner's field mapping of one resource; it never changes. `warnings` are the linter's doubts."""

    def __init__(self, document: dict[str, Json], rules: RuleSet, warnings: tuple[Finding, ...] = ()) -> None:
        self.document = document
        self.rules = rules
        self.warnings = warnings
        self.resource = rules.resource
        self.identifier_field = rules.identifier_field
        self.on_duplicate: Literal["refuse", "update"] = rules.on_duplicate

    @cached_property
    def content_hash(self) -> str:
        """Names this version."""
        return content_hash(self.document)

    @cached_property
    def inbound(self) -> DirectionOfMapping:
        """From the partner to us."""
        return DirectionOfMapping(plan_for(self.rules, "in"))

    @cached_property
    def outbound(self) -> DirectionOfMapping:
        """From us to the partner."""
        return DirectionOfMapping(plan_for(self.rules, "out"))

    def read(self, payload: Json, *, partial: bool = False, lookup: Lookup | None = None) -> Reading:
        """Map every record of a payload in."""
        return self._reader.read(payload, partial=partial, lookup=lookup)

    def rows_out(self, rows: Sequence[dict[str, Json]], *, lookup: Lookup | None = None) -> list[Json]:
        """Inventory rows in the partner's words; what only reads inwards keeps its internal name."""
        return [self._row_outbound(row, lookup=lookup).value for row in rows]

    def to_partner(self, place: Place | str, doc: Json = None) -> Translation:
        """Where a place of ours stands in the partner's document, exactly if the document is at hand."""
        steps = parse_place(place)
        if doc is None:
            return self._internal_places.translate(steps)
        origins = Origins.of(self.inbound.explain(doc).trace, ())
        return origins.translate(steps, self._internal_places)

    def to_internal(self, place: Place | str) -> Translation:
        """Where a partner's place stands in our document."""
        return self._partner_places.translate(parse_place(place))

    @cached_property
    def _reader(self) -> Reader:
        return Reader.of(self.rules, self.inbound.plan)

    @cached_property
    def _row_outbound(self) -> DirectionOfMapping:
        return DirectionOfMapping(plan_for(row_rules(self.rules), "out"))

    @cached_property
    def _internal_places(self) -> Places:
        return Places(self.rules, "internal")

    @cached_property
    def _partner_places(self) -> Places:
        return Places(self.rules, "partner")


def parse_place(place: Place | str) -> Place:
    """A concrete place, from steps or from its text."""
    if not isinstance(place, str):
        return place
    steps = parse(place).steps if place else ()
    return tuple(step for step in steps if isinstance(step, str | int))
