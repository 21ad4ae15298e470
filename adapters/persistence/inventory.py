"""Stock records in a table."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from peewee import EXCLUDED, SQL, Select

from adapters.persistence.paging import EVERYTHING, follows, newest_first, position_of
from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Dialectal, Slot, SqlValue, Statement, slots
from adapters.persistence.tables import InventoryRow
from adapters.persistence.values import dump, from_micros, to_micros
from core.entities.cursor import Position
from core.entities.inventory import InventoryRecord, InventorySource
from core.ports.repositories import InventoryRepository

_COLUMNS = (
    "id",
    "location_code",
    "sku_code",
    "quantity",
    "created_at",
    "updated_at",
    "source",
    "notes",
)
_CHANGEABLE = ("quantity", "updated_at", "source", "notes")
_PUT = Statement(
    InventoryRow.insert(slots(*_COLUMNS))
    .on_conflict(
        conflict_target=[InventoryRow.location_code, InventoryRow.sku_code],
        update={name: getattr(EXCLUDED, name) for name in _CHANGEABLE},
    )
    .returning(InventoryRow.id)
)
_PAIRS = Dialectal(
    sqlite="json_each(:pairs)", postgresql="json_array_elements(%(pairs)s::json) AS pair (value)"
)
_LOCATION, _SKU = SQL("(value ->> 0)"), SQL("(value ->> 1)")
# a query per pair, not a join: for that a planner, who cannot know how long the list is, may scan the table
_QUANTITY = InventoryRow.select(InventoryRow.quantity).where(
    InventoryRow.location_code == _LOCATION, InventoryRow.sku_code == _SKU
)
_QUANTITIES = Statement(Select([_PAIRS], [_LOCATION, _SKU, _QUANTITY]))
_FOLLOWING = (
    InventoryRow.select(*(getattr(InventoryRow, name) for name in _COLUMNS))
    .where(follows(InventoryRow.created_at, InventoryRow.id))
    .order_by(*newest_first(InventoryRow.created_at, InventoryRow.id))
    .limit(Slot("limit"))
)
_PAGE = Statement(_FOLLOWING)
_AT_LOCATION = Statement(_FOLLOWING.where(InventoryRow.location_code == Slot("code")))
_OF_PRODUCT = Statement(_FOLLOWING.where(InventoryRow.sku_code == Slot("sku")))


class PeeweeInventoryRepository(InventoryRepository):
    """The stock records of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, records: Iterable[InventoryRecord]) -> int:
        """Keep records of distinct pairs; return how many pairs are new. A known pair keeps its id."""
        wanted = [_values(record) for record in sorted(records, key=_pair)]
        kept = self._session.execute_many(_PUT, wanted)
        return sum(values["id"] == id for values, (id,) in zip(wanted, kept, strict=True))

    def quantities(self, pairs: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
        """Of these (location_code, sku_code) pairs, those that have a record, and its quantity."""
        rows = self._session.rows(_QUANTITIES, pairs=dump([list(pair) for pair in pairs]))
        return {(location, sku): quantity for location, sku, quantity in rows if quantity is not None}

    def page(self, after: Position | None, limit: int) -> Sequence[InventoryRecord]:
        """At most `limit` records, newest first by (created_at, id), after the position."""
        return [_record(row) for row in self._session.rows(_PAGE, limit=limit, **position_of(after))]

    def at_location(self, code: str, after: Position | None, limit: int | None) -> Sequence[InventoryRecord]:
        """What the location holds, in the same order; all of it when `limit` is None."""
        rows = self._session.rows(_AT_LOCATION, code=code, limit=_bound(limit), **position_of(after))
        return [_record(row) for row in rows]

    def of_product(self, sku: str, after: Position | None, limit: int | None) -> Sequence[InventoryRecord]:
        """Every location that holds the SKU, in the same order; all of them when `limit` is None."""
        rows = self._session.rows(_OF_PRODUCT, sku=sku, limit=_bound(limit), **position_of(after))
        return [_record(row) for row in rows]


def _pair(record: InventoryRecord) -> tuple[str, str]:
    """The order in which all lock their rows, so that no two wait for each other."""
    return record.location_code, record.sku_code


def _bound(limit: int | None) -> int:
    return EVERYTHING if limit is None else limit


def _values(record: InventoryRecord) -> dict[str, SqlValue]:
    return {
        "id": record.id,
        "location_code": record.location_code,
        "sku_code": record.sku_code,
        "quantity": record.quantity,
        "created_at": to_micros(record.created_at),
        "updated_at": to_micros(record.updated_at),
        "source": record.source.value,
        "notes": record.notes,
    }


def _record(row: Row) -> InventoryRecord:
    id, location_code, sku_code, quantity, created_at, updated_at, source, notes = row
    return InventoryRecord(
        id,
        location_code,
        sku_code,
        quantity,
        from_micros(created_at),
        from_micros(updated_at),
        InventorySource(source),
        notes,
    )
