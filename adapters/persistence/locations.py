"""Locations in tables."""

from collections.abc import Collection, Sequence
from functools import cache

from adapters.persistence.errors import UniqueViolated
from adapters.persistence.lookups import forms_of, found_in, holds, index_on
from adapters.persistence.paging import follows, newest_first, position_of
from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, SqlValue, Statement, inserting, slots
from adapters.persistence.tables import LocationRow
from adapters.persistence.value_lists import among, list_of
from adapters.persistence.values import dump_object, from_micros, load_object, to_micros
from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.location import Location
from core.errors import LocationCodeTaken
from core.ports.repositories import LocationRepository

_COLUMNS = ("id", "code", "name", "zone", "aisle", "metadata", "is_active", "created_at", "updated_at")
_FIXED = ("id", "code", "created_at")
_SELECT = LocationRow.select(*(getattr(LocationRow, name) for name in _COLUMNS))
_ADD = Statement(inserting(LocationRow, *_COLUMNS))
_SAVE = Statement(
    LocationRow.update(slots(*(name for name in _COLUMNS if name not in _FIXED))).where(
        LocationRow.id == Slot("id")
    )
)
_KNOWN = Statement(LocationRow.select(LocationRow.code).where(among(LocationRow.code)))
_PAGE = Statement(
    _SELECT.where(LocationRow.is_active == Slot("is_active"), follows(LocationRow.created_at, LocationRow.id))
    .order_by(*newest_first(LocationRow.created_at, LocationRow.id))
    .limit(Slot("limit"))
)


class PeeweeLocationRepository(LocationRepository):
    """The locations of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, location: Location) -> None:
        """Keep a new location; LocationCodeTaken."""
        try:
            self._session.insert(_ADD, "locations_code", **_values(location))
        except UniqueViolated as error:
            if error.index != "locations_code":
                raise
            raise LocationCodeTaken(location.code) from error

    def save(self, location: Location) -> None:
        """Keep what changed."""
        self._session.execute(_SAVE, **_values(location))

    def named(self, field: IdentifierField, value: str) -> Sequence[Location]:
        """At most two locations, active or not, whose field holds the value, compared as text."""
        found = map(_location, self._session.rows(_named(field), **forms_of(field, value)))
        return [location for location in found if found_in(location, field, value)]

    def known(self, codes: Collection[str]) -> Collection[str]:
        """Of these codes, those that exist."""
        return {code for (code,) in self._session.rows(_KNOWN, **list_of(codes))}

    def page(self, is_active: bool, after: Position | None, limit: int) -> Sequence[Location]:
        """At most `limit` locations, newest first by (created_at, id), after the position."""
        rows = self._session.rows(_PAGE, is_active=is_active, limit=limit, **position_of(after))
        return [_location(row) for row in rows]

    def index(self, field: IdentifierField) -> None:
        """Make look-ups by this path fast; doing it again changes nothing."""
        self._session.define(index_on(LocationRow, field))


@cache
def _named(field: IdentifierField) -> Statement:
    return Statement(_SELECT.where(holds(LocationRow, field)).limit(2))


def _values(location: Location) -> dict[str, SqlValue]:
    return {
        "id": location.id,
        "code": location.code,
        "name": location.name,
        "zone": location.zone,
        "aisle": location.aisle,
        "metadata": dump_object(location.metadata),
        "is_active": location.is_active,
        "created_at": to_micros(location.created_at),
        "updated_at": to_micros(location.updated_at),
    }


def _location(row: Row) -> Location:
    id, code, name, zone, aisle, metadata, is_active, created_at, updated_at = row
    return Location(
        id=id,
        code=code,
        created_at=from_micros(created_at),
        updated_at=from_micros(updated_at),
        name=name,
        zone=zone,
        aisle=aisle,
        metadata=load_object(metadata),
        is_active=bool(is_active),
    )
