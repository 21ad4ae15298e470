"""A mapping ready for use: load it, run it both ways, translate places."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

from core.mapping.bulk import Bulk
from core.mapping.claims import Claims
from core.mapping.directions import Explained, MappingDirection, Result
from core.mapping.document import content_hash, stored_form
from core.mapping.expand import expand
from core.mapping.lint import check_rules
from core.mapping.lint.samples import check_samples
from core.mapping.model import Finding, Json, Lookup, MappingRefused, Place
from core.mapping.origins import Origins, PartnerPlace
from core.mapping.paths import parse
from core.mapping.places import Places, Translation
from core.mapping.planning import plan_for
from core.mapping.reading import Reader, Reading, ReadRecord
from core.mapping.rows import row_rules
from core.mapping.rules import RuleSet
from core.mapping.secrecy import secret_sources
from core.mapping.shape import check_shape
from core.mapping.standing import Standing

__all__ = [
    "Bulk",
    "Explained",
    "FieldMapping",
    "MappingDirection",
    "PartnerPlace",
    "ReadRecord",
    "Reading",
    "Result",
    "Translation",
    "lint",
    "load",
    "load_stored",
]


def load(
    document: Mapping[str, Json],
    schema: Mapping[str, Json] | None = None,
    *,
    draft: bool = False,
    looked_up: Mapping[str, Mapping[str, Json]] | None = None,
) -> "FieldMapping":
    """The mapping that a document describes, checked against our schema; MappingRefused if it has errors.

    A draft is tried on a few documents only, so nothing is compiled for it. `looked_up` are the schemas, by
    resource, of the records that its look-ups find.
    """
    if malformed := check_shape(dict(document)):
        raise MappingRefused(tuple(malformed))
    stored = stored_form(document)
    rules = expand(stored)
    findings = tuple(check_rules(stored, rules, schema, looked_up))
    if any(finding.severity == "error" for finding in findings):
        raise MappingRefused(findings)
    return FieldMapping(stored, rules, findings, draft=draft)


def load_stored(document: dict[str, Json]) -> "FieldMapping":
    """The mapping of a document that was found sound when it was stored, whatever the linter says today.

    MappingRefused if it cannot be read any more.
    """
    return FieldMapping(document, expand(document), ())


def lint(
    document: Mapping[str, Json],
    schema: Mapping[str, Json] | None = None,
    samples: Sequence[Json] = (),
    *,
    looked_up: Mapping[str, Mapping[str, Json]] | None = None,
) -> tuple[Finding, ...]:
    """Every finding about a document, errors first; the partner's samples raise doubts of their own."""
    try:
        mapping = load(document, schema, draft=True, looked_up=looked_up)
    except MappingRefused as refused:
        return refused.findings
    return (*mapping.warnings, *check_samples(mapping.rules, samples, schema))


class FieldMapping:
    """A partner's field mapping of one resource; it never changes. `warnings` are the linter's doubts."""

    def __init__(
        self,
        document: dict[str, Json],
        rules: RuleSet,
        warnings: tuple[Finding, ...] = (),
        *,
        draft: bool = False,
    ) -> None:
        self.document = document
        self.rules = rules
        self.warnings = warnings
        self.resource = rules.resource
        self.identifier_field = rules.identifier_field
        self._compiles = not draft
        self.on_duplicate: Literal["refuse", "update"] = rules.on_duplicate

    @cached_property
    def content_hash(self) -> str:
        """Names this version."""
        return content_hash(self.document)

    @cached_property
    def inbound(self) -> MappingDirection:
        """From the partner to us."""
        return MappingDirection(plan_for(self.rules, "in"), self._secrets, self._compiles)

    @cached_property
    def outbound(self) -> MappingDirection:
        """From us to the partner."""
        return MappingDirection(plan_for(self.rules, "out"), self._secrets, self._compiles)

    @cached_property
    def row_outbound(self) -> MappingDirection:
        """From one inventory row of ours to the partner's; what only reads inwards keeps our name."""
        return MappingDirection(plan_for(row_rules(self.rules), "out"), self._secrets, self._compiles)

    def read(self, payload: Json, *, partial: bool = False, lookup: Lookup | None = None) -> Reading:
        """Map every record of a payload in."""
        return self._reader.read(payload, partial=partial, lookup=lookup)

    def to_partner(self, place: Place | str, doc: Json = None) -> Translation:
        """Where a place of ours stands in the partner's document, exactly if the document is at hand."""
        steps = parse_place(place)
        if doc is None:
            return self._reader.places.translate(steps)
        explained = self.inbound.explain(doc)
        origins = Origins.of(explained.trace, explained.links, Standing(doc))
        return self._reader.places.translate(steps, origins)

    def holds_secret(self, place: Place) -> bool:
        """Whether what secret rules map may stand at a place of ours, around it or inside of it."""
        return self._secret_places.touches(place)

    def to_internal(self, place: Place | str) -> Translation:
        """Where a partner's place stands in our document."""
        return self._partner_places.translate(parse_place(place))

    @property
    def _secrets(self) -> frozenset[str]:
        return frozenset(rule.id for rule in self.rules.rules if rule.secret)

    @cached_property
    def _secret_places(self) -> Claims:
        return secret_sources(self.rules, "out")

    @cached_property
    def _reader(self) -> Reader:
        return Reader.of(self.rules, self.inbound)

    @cached_property
    def _partner_places(self) -> Places:
        return Places(self.rules, "partner")


def parse_place(place: Place | str) -> Place:
    """A concrete place, from steps or from its text."""
    if not isinstance(place, str):
        return place
    steps = parse(place).steps if place else ()
    return tuple(step for step in steps if isinstance(step, str | int))
