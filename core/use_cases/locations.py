"""Locations: taking, changing and deactivating them."""

from core.entities.identifier import IdentifierField
from core.entities.location import Location
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.changing import apply_change
from core.use_cases.commands import LocationChange, NewLocation
from core.use_cases.matching import only_match


def create_location(work: UnitOfWork, command: NewLocation) -> Location:
    """Take a location; its code must be new, also among inactive ones."""
    now = work.clock.now()
    location = Location(
        id=work.ids.new_id(),
        code=command.code,
        created_at=now,
        updated_at=now,
        name=command.name,
        zone=command.zone,
        aisle=command.aisle,
        metadata=command.metadata or {},
        is_active=command.is_active is not False,
    )
    work.locations.add(location)
    return location


def update_location(
    work: UnitOfWork, location: Location, change: LocationChange, *, replace: bool
) -> Location:
    """Change what is sent and leave the rest."""
    if apply_change(location, change, replace=replace):
        location.updated_at = work.clock.now()
        work.locations.save(location)
    return location


def deactivate_location(work: UnitOfWork, location: Location) -> Location:
    """Deactivate; doing it twice is no error."""
    return update_location(work, location, LocationChange(is_active=False), replace=True)


def find_location(work: UnitOfWork, field: IdentifierField, value: str) -> Location:
    """The location the value names, active or not."""
    return only_match(work.locations.named(field, value), "location", value)
