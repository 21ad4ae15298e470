"""Two mappings of a partner's resource compared: versions of it, or one that is not saved yet."""

from collections.abc import Sequence

import attrs

from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.errors import NotFound
from core.mapping.diff import RulesDiff, diff_rules
from core.mapping.sample_diff import SampleDiff, diff_sample
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.lookups import RecordLookup
from core.use_cases.mapping_versions import VersionState, mapping_history
from core.use_cases.mappings import check_mapping, current_mapping, find_version
from core.use_cases.partners import find_partner

Side = int | JsonObject
"""A version by its number, or a mapping that is not saved."""


@attrs.frozen
class CompareMappings:
    """What to compare, and the partner's payloads to compare it on.

    Without sides: what a newer draft would change, else what the version in use changed. With one: what
    became of that version until the one in use, or what an unsaved mapping would change.
    """

    partner: str
    resource: Resource
    sides: tuple[Side, ...] = ()
    samples: Sequence[Json] = ()


@attrs.frozen
class MappingDifference:
    """What tells the sides apart; a side without a number is not saved. `samples` are in their order."""

    before: int | None
    after: int | None
    rules: RulesDiff
    samples: Sequence[SampleDiff]


def compare_mappings(work: UnitOfWork, command: CompareMappings) -> MappingDifference:
    """Compare rule by rule and, on each sample, target by target."""
    slug, resource = find_partner(work, command.partner).slug, command.resource
    sides = command.sides or _newest(work, slug, resource)
    if len(sides) == 1:
        current = current_mapping(work, slug, resource).version
        sides = (sides[0], current) if isinstance(sides[0], int) else (current, sides[0])
    before, after = (_document(work, slug, resource, side) for side in sides)
    return MappingDifference(
        before=_number(sides[0]),
        after=_number(sides[1]),
        rules=diff_rules(before, after),
        samples=_on_samples(work, command, before, after),
    )


def _newest(work: UnitOfWork, slug: str, resource: Resource) -> tuple[Side, ...]:
    """The version in use and a draft after it; without one, the version before and the one in use."""
    history = mapping_history(work, slug, resource)
    current = current_mapping(work, slug, resource).version
    if history[0].version.version > current and history[0].state is VersionState.DRAFT:
        return current, history[0].version.version
    published = work.mappings.publications(slug, resource)
    if len(published) == 1:
        raise NotFound(f"version {current} of the mapping for {resource} is the first: there is none before")
    return published[1].version, current


def _document(work: UnitOfWork, slug: str, resource: Resource, side: Side) -> JsonObject:
    if isinstance(side, int):
        return find_version(work, slug, resource, side).document
    return check_mapping(side, resource).document


def _on_samples(
    work: UnitOfWork, command: CompareMappings, before: JsonObject, after: JsonObject
) -> Sequence[SampleDiff]:
    if not command.samples:
        return ()
    old, new = check_mapping(before, command.resource), check_mapping(after, command.resource)
    lookup = RecordLookup(work)
    return [diff_sample(old, new, sample, lookup) for sample in command.samples]


def _number(side: Side) -> int | None:
    return side if isinstance(side, int) else None
