"""The versions of mappings in memory."""

from collections.abc import Sequence
from copy import deepcopy

from adapters.memory.state import State
from core.entities.field_mapping import MappingVersion, Publication
from core.entities.resource import Resource
from core.ports.operations import MappingRepository


class MemoryMappingRepository(MappingRepository):
    """The versions of the partners' mappings, and which of them were put into use."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, version: MappingVersion) -> None:
        """Keep a new version; it is not in use until it is published."""
        key = (version.partner, version.resource, version.version)
        if key in self._state.mappings:
            raise LookupError(f"there is a version {key}")
        self._state.mappings[key] = deepcopy(version)

    def publish(self, publication: Publication) -> None:
        """Put a version into use, whatever its number; each version is published once at most."""
        key = (publication.partner, publication.resource, publication.version)
        if key not in self._state.mappings or key in self._state.publications:
            raise LookupError(f"version {key} is not there, or is published")
        self._state.publications[key] = publication

    def current_version(self, partner: str, resource: Resource) -> int | None:
        """The number of the version published last, without loading it; None if none was."""
        return next((one.version for one in self.publications(partner, resource)), None)

    def last_version(self, partner: str, resource: Resource) -> int | None:
        """The highest number of any version, without loading it."""
        return max(
            (number for *of, number in self._state.mappings if of == [partner, resource]), default=None
        )

    def get(self, partner: str, resource: Resource, version: int) -> MappingVersion | None:
        """One version, whole."""
        return deepcopy(self._state.mappings.get((partner, resource, version)))

    def history(self, partner: str, resource: Resource) -> Sequence[MappingVersion]:
        """Every version, newest first."""
        found = [
            one for one in self._state.mappings.values() if (one.partner, one.resource) == (partner, resource)
        ]
        return deepcopy(sorted(found, key=lambda one: one.version, reverse=True))

    def publications(self, partner: str, resource: Resource) -> Sequence[Publication]:
        """Every publication, newest first: the first one is of the version in use."""
        found = self._state.publications.values()
        return [one for one in found if (one.partner, one.resource) == (partner, resource)][::-1]
