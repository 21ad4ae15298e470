"""An inventory load: the rows of all records together (section 17)."""

from collections.abc import Sequence
from typing import Final, Protocol

import attrs

from core.mapping.merging import merge_rows, raise_to_minimums
from core.mapping.model import Json, MappingError, Place
from core.mapping.origins import PartnerPlace
from core.mapping.rules import Merge, Names
from core.mapping.standing import Located

ROWS: Final = "inventory"


class MappedRecord(Protocol):
    """What a load needs of each record."""

    @property
    def value(self) -> dict[str, Json]: ...
    @property
    def errors(self) -> tuple[MappingError, ...]: ...
    @property
    def ignored(self) -> tuple[Place, ...]: ...
    @property
    def defaulted(self) -> frozenset[Place]: ...

    def locate(self, place: Place) -> Located | None:
        """Where a place of ours came from."""

    def locate_row(self, number: int) -> Located:
        """Where a row stands: an element, or the record itself."""


@attrs.frozen
class Row:
    """Which row of which record became a row of the load."""

    record: MappedRecord
    number: int


@attrs.frozen(eq=False)
class Bulk:
    """One document with the rows of all records; `failed_rows` are those whose lookup found nothing."""

    value: dict[str, Json]
    errors: tuple[MappingError, ...]
    failed_rows: dict[int, MappingError]
    _records: Sequence[MappedRecord]
    _rows: tuple[Row, ...]

    @property
    def ignored(self) -> tuple[Place, ...]:
        """The topmost places in the records that nothing used, each once."""
        return tuple(dict.fromkeys(place for record in self._records for place in record.ignored))

    @property
    def row_places(self) -> tuple[PartnerPlace, ...]:
        """Where each row stands in what was sent."""
        return tuple(_from_top(row.record.locate_row(row.number)) for row in self._rows)

    @property
    def defaulted(self) -> frozenset[Place]:
        """The places around the rows that only a default or a fixed value filled."""
        around = (place for record in self._records[:1] for place in record.defaulted)
        return frozenset(place for place in around if place[:1] != (ROWS,))

    def place_of(self, place: Place) -> PartnerPlace | None:
        """A place of the load in the partner's words, counted from the top; None if the partner has none."""
        if not place:
            return PartnerPlace("", "")
        row = self._row(place)
        if row is not None and len(place) == 2:
            return _from_top(row.record.locate_row(row.number))
        record = row.record if row is not None else next(iter(self._records), None)
        inside = place if row is None else (ROWS, row.number, *place[2:])
        located = None if record is None else record.locate(inside)
        return None if located is None else _from_top(located)

    def _row(self, place: Place) -> Row | None:
        if len(place) < 2 or place[0] != ROWS or not isinstance(place[1], int):
            return None
        return self._rows[place[1]] if place[1] < len(self._rows) else None


def make_bulk(
    records: Sequence[MappedRecord], merge: Merge | None, minimums: tuple[tuple[Names, Json], ...]
) -> Bulk:
    """All rows in order, then merged; the other members come from the first record."""
    rows: list[Json] = []
    owners: list[Row] = []
    errors: list[MappingError] = []
    failed: dict[int, MappingError] = {}
    for record in records:
        _divide(record, len(rows), errors, failed)
        own = _rows_of(record)
        rows += own
        owners += [Row(record, number) for number in range(len(own))]
    moved = {number: number for number in range(len(rows))} if merge is None else merge_rows(rows, merge)
    raise_to_minimums(rows, minimums)
    value = dict(records[0].value) if records else {}
    if owners:
        value[ROWS] = rows
    first = {new: owners[old] for old, new in reversed(moved.items())}
    return Bulk(
        value=value,
        errors=tuple(errors),
        failed_rows={moved[number]: error for number, error in failed.items()},
        records=records,
        rows=tuple(first[number] for number in range(len(first))),
    )


def _divide(
    record: MappedRecord, before: int, errors: list[MappingError], failed: dict[int, MappingError]
) -> None:
    """Part what fails a single row from what refuses the load."""
    for error in record.errors:
        rows = {target[1] for target in error.targets if target[:1] == (ROWS,) and len(target) > 1}
        if error.code == "not_found" and rows:
            failed.update({before + row: error for row in rows if isinstance(row, int)})
        else:
            errors.append(error)


def _rows_of(record: MappedRecord) -> list[Json]:
    rows = record.value.get(ROWS)
    return list(rows) if isinstance(rows, list) else []


def _from_top(located: Located) -> PartnerPlace:
    whole = Located((), (*located.base, *located.steps), located.wrapper, located.beyond)
    return PartnerPlace(whole.field, whole.pointer)
