"""Locations in memory."""

from collections.abc import Collection, Sequence
from copy import deepcopy

from adapters.memory.listing import page_of
from adapters.memory.lookups import holds
from adapters.memory.state import State
from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.location import Location
from core.errors import LocationCodeTaken
from core.ports.repositories import LocationRepository


class MemoryLocationRepository(LocationRepository):
    """The locations of one transaction, by code."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, location: Location) -> None:
        """Keep a new location; LocationCodeTaken."""
        if location.code in self._state.locations:
            raise LocationCodeTaken(location.code)
        self.save(location)

    def save(self, location: Location) -> None:
        """Keep what changed."""
        self._state.locations[location.code] = deepcopy(location)

    def named(self, field: IdentifierField, value: str) -> Sequence[Location]:
        """At most two locations, active or not, whose field holds the value, compared as text."""
        found = [location for location in self._state.locations.values() if holds(location, field, value)]
        return deepcopy(found[:2])

    def known(self, codes: Collection[str]) -> Collection[str]:
        """Of these codes, those that exist."""
        return {code for code in codes if code in self._state.locations}

    def page(self, is_active: bool, after: Position | None, limit: int) -> Sequence[Location]:
        """At most `limit` locations, newest first by (created_at, id), after the position."""
        chosen = [location for location in self._state.locations.values() if location.is_active == is_active]
        return deepcopy(page_of(chosen, after, limit))

    def index(self, field: IdentifierField) -> None:
        """Nothing is indexed."""
