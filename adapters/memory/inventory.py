"""Stock records in memory."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from adapters.memory.listing import page_of
from adapters.memory.state import State
from core.entities.cursor import Position
from core.entities.inventory import InventoryRecord
from core.ports.repositories import InventoryRepository


class MemoryInventoryRepository(InventoryRepository):
    """The stock records of one transaction, by location and SKU."""

    def __init__(self, state: State) -> None:
        self._state = state

    def put(self, records: Iterable[InventoryRecord]) -> int:
        """Keep records of distinct pairs; return how many pairs are new. A known pair keeps its id."""
        return sum(self._put(record) for record in records)

    def quantities(self, pairs: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
        """Of these (location_code, sku_code) pairs, those that have a record, and its quantity."""
        held = self._state.inventory
        return {pair: held[pair].quantity for pair in pairs if pair in held}

    def page(self, after: Position | None, limit: int) -> Sequence[InventoryRecord]:
        """At most `limit` records, newest first by (created_at, id), after the position."""
        return page_of(self._state.inventory.values(), after, limit)

    def at_location(self, code: str, after: Position | None, limit: int | None) -> Sequence[InventoryRecord]:
        """What the location holds, in the same order; all of it when `limit` is None."""
        held = [record for record in self._state.inventory.values() if record.location_code == code]
        return page_of(held, after, limit)

    def of_product(self, sku: str, after: Position | None, limit: int | None) -> Sequence[InventoryRecord]:
        """Every location that holds the SKU, in the same order; all of them when `limit` is None."""
        held = [record for record in self._state.inventory.values() if record.sku_code == sku]
        return page_of(held, after, limit)

    def _put(self, record: InventoryRecord) -> bool:
        if record.location_code not in self._state.locations or record.sku_code not in self._state.products:
            raise LookupError(f"no location {record.location_code} or no product {record.sku_code}")
        pair = (record.location_code, record.sku_code)
        known = self._state.inventory.get(pair)
        if known is not None:
            record = attrs.evolve(record, id=known.id, created_at=known.created_at)
        self._state.inventory[pair] = record
        return known is None
