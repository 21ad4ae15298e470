"""The versions of mappings in memory."""

from collections.abc import Sequence
from copy import deepcopy

from adapters.memory.state import State
from core.entities.field_mapping import MappingVersion
from core.entities.resource import Resource
from core.ports.operations import MappingRepository


class MemoryMappingRepository(MappingRepository):
    """The versions of the partners' mappings."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, version: MappingVersion) -> None:
        """Keep a new version; the highest number is the one in use."""
        key = (version.partner, version.resource, version.version)
        if key in self._state.mappings:
            raise LookupError(f"there is a version {key}")
        self._state.mappings[key] = deepcopy(version)

    def current_version(self, partner: str, resource: Resource) -> int | None:
        """The number of the version in use, without loading it."""
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
