"""What samples would be refused for: values that cannot be mapped, or of a kind that our schema is not."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final

from core.mapping.directions import MappingDirection
from core.mapping.lint.kinds import kind_of
from core.mapping.lint.schema_view import SchemaView
from core.mapping.model import Finding, Json, MappingError, Place
from core.mapping.paths import show, with_each
from core.mapping.plan import Plan
from core.mapping.reading import Reader
from core.mapping.rules import RuleSet
from core.mapping.shown import kind_shown, shown

_NOT_TO_BLAME: Final = ("not_found", "not_accepted")
"""What our own records or the partner's choice decide, not the mapping."""


def check_refusals(rules: RuleSet, inbound: Plan, samples: Sequence[Json]) -> Iterator[Finding]:
    """The first error of each rule and kind that the samples meet."""
    reader = Reader.of(rules, MappingDirection(inbound, frozenset(), compiles=False))
    told: set[tuple[str | None, str]] = set()
    for sample in samples:
        for record in reader.read(sample, partial=False, lookup=None).records:
            for error in record.errors:
                if error.code not in _NOT_TO_BLAME and (error.rule, error.code) not in told:
                    told.add((error.rule, error.code))
                    yield _refused(error)


def _refused(error: MappingError) -> Finding:
    field = f"{error.field}: " if error.field else ""
    message = f"a sample is refused: {field}{error.reason}"
    return Finding("warning", "sample_refused", error.rule or "", "partner", message)


def check_kinds(
    written: Sequence[Mapping[Place, tuple[str, Json]]], schema: SchemaView, secret: Set[str]
) -> Iterator[Finding]:
    """The first value of each rule whose kind our schema does not take; a secret one is not shown."""
    told: set[str] = set()
    for values in written:
        for place, (rule, value) in values.items():
            view = schema.at(with_each(place))
            if rule not in told and view is not None and not _takes(view, value):
                told.add(rule)
                found = kind_shown(value) if rule in secret else f"the {kind_of(value)} {shown(value)}"
                yield _of_another_kind(rule, place, found, view)


def _takes(view: SchemaView, value: Json) -> bool:
    """Null is left to validation: on create it is as if it had not been sent."""
    kind = kind_of(value)
    return (
        value is None
        or not view.kinds
        or kind in view.kinds
        or (kind == "integer" and "number" in view.kinds)
    )


def _of_another_kind(rule: str, place: Place, found: str, view: SchemaView) -> Finding:
    due = min(view.kinds)
    message = f"a sample is refused: {show(place)} gets {found}, but is of the kind {due} on our side"
    return Finding("warning", "sample_refused", rule, "type", message, fix=f'say "type": "{due}"')
