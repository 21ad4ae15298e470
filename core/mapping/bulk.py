"""An inventory load: the rows of all records together (section 17)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import attrs

from core.mapping.errorlog import MOST_ERRORS, fails_row
from core.mapping.merging import BadFigure, merge_rows, raise_to_minimums
from core.mapping.model import ROWS, Json, MappingError, Place
from core.mapping.origins import PartnerPlace
from core.mapping.rules import Merge, Names
from core.mapping.standing import Located


class MappedRecord(Protocol):
    """What a load needs of each record."""

    @property
    def value(self) -> dict[str, Json]: ...
    @property
    def errors(self) -> tuple[MappingError, ...]: ...
    @property
    def ignored(self) -> Mapping[Place, Located]: ...
    @property
    def defaulted(self) -> frozenset[Place]: ...

    def locate(self, place: Place) -> Located | None:
        """Where a place of ours came from."""

    def locate_row(self, number: int) -> Located:
        """Where a row stands: an element, or the record itself."""

    def refused(self, figure: BadFigure, number: int) -> MappingError:
        """The error for a figure of one of its rows that cannot be added up."""


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
    failed_rows: dict[int, tuple[MappingError, ...]]
    _records: Sequence[MappedRecord]
    _rows: tuple[Row, ...]

    @property
    def ignored(self) -> Mapping[Place, Located]:
        """The topmost places in the records that nothing used, each where it stands first."""
        found: dict[Place, Located] = {}
        for record in self._records:
            for place, located in record.ignored.items():
                found.setdefault(place, located)
        return found

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
    gathered = _Gathered()
    for record in records:
        gathered.take(record)
    rows, moved = gathered.rows, {number: number for number in range(len(gathered.rows))}
    if merge is not None:
        merged = merge_rows(rows, merge, gathered.failed)
        moved = merged.moved
        for figure in merged.bad[:MOST_ERRORS]:
            owner = gathered.owners[figure.row]
            gathered.errors.append(owner.record.refused(figure, owner.number))
    raise_to_minimums(rows, minimums)
    value = dict(records[0].value) if records else {}
    if gathered.owners:
        value[ROWS] = rows
    first = {new: gathered.owners[old] for old, new in reversed(moved.items())}
    return Bulk(
        value=value,
        errors=tuple(gathered.errors),
        failed_rows={moved[number]: tuple(errors) for number, errors in gathered.failed.items()},
        records=records,
        rows=tuple(first[number] for number in range(len(first))),
    )


@attrs.define
class _Gathered:
    """The rows of all records, whose they are, what fails a row by itself and what refuses the load."""

    rows: list[Json] = attrs.field(factory=list)
    owners: list[Row] = attrs.field(factory=list)
    errors: list[MappingError] = attrs.field(factory=list)
    failed: dict[int, list[MappingError]] = attrs.field(factory=dict)

    def take(self, record: MappedRecord) -> None:
        """Add a record; a row of which a lookup left nothing was sent all the same."""
        sent = record.value.get(ROWS)
        own = list(sent) if isinstance(sent, list) else []
        failed = [(row, error) for error in record.errors for row in _failed_rows(error, len(own))]
        own += [{} for _ in range(max((row for row, _ in failed), default=-1) + 1 - len(own))]
        for row, error in failed:
            self.failed.setdefault(len(self.rows) + row, []).append(error)
        self.errors += [error for error in record.errors if _refuses(error)]
        self.rows += own
        self.owners += [Row(record, number) for number in range(len(own))]


def _failed_rows(error: MappingError, count: int) -> Iterator[int]:
    """The rows that fail by themselves, of so many that are there."""
    for target in error.targets:
        if fails_row(error.code, target):
            if isinstance(row := target[1], int):
                yield row
            else:
                yield from range(count)


def _refuses(error: MappingError) -> bool:
    return not error.targets or not all(fails_row(error.code, target) for target in error.targets)


def _from_top(located: Located) -> PartnerPlace:
    whole = Located((), (*located.base, *located.steps), located.wrapper, located.beyond)
    return PartnerPlace(whole.field, whole.pointer)
