"""The versions of a partner's mapping over time: which there are, which was in use when, and the way back."""

import enum
from collections.abc import Sequence

import attrs

from core.entities.field_mapping import MappingVersion, Publication
from core.entities.resource import Resource
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.mappings import SaveMapping, find_version, save_mapping
from core.use_cases.partners import find_partner


class VersionState(enum.StrEnum):
    """Where a version stands: never published, in use, or in use before."""

    DRAFT = "draft"
    IN_USE = "in use"
    FORMER = "former"


@attrs.frozen
class HistoryEntry:
    """A version, and when it was put into use."""

    version: MappingVersion
    state: VersionState
    publication: Publication | None


@attrs.frozen
class RestoreMapping:
    """An earlier version whose mapping is to be used again."""

    partner: str
    resource: Resource
    version: int
    author: str
    note: str | None = None


def mapping_history(work: UnitOfWork, partner: str, resource: Resource) -> Sequence[HistoryEntry]:
    """Every version, newest first."""
    slug = find_partner(work, partner).slug
    publications = {one.version: one for one in work.mappings.publications(slug, resource)}
    current = next(iter(publications), None)
    return [
        HistoryEntry(version, _state(version, current, publications), publications.get(version.version))
        for version in work.mappings.history(slug, resource)
    ]


def restore_mapping(work: UnitOfWork, command: RestoreMapping) -> MappingVersion:
    """Put the mapping of an earlier version into use again, as a new version."""
    found = find_version(work, command.partner, command.resource, command.version)
    note = command.note or f"restored from version {found.version}"
    return save_mapping(
        work, SaveMapping(found.partner, found.resource, found.document, command.author, note)
    )


def _state(version: MappingVersion, current: int | None, published: dict[int, Publication]) -> VersionState:
    if version.version == current:
        return VersionState.IN_USE
    return VersionState.FORMER if version.version in published else VersionState.DRAFT
