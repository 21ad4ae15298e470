"""Rows with the same key become one (section 17)."""

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

import attrs

from core.mapping.arithmetic import add, at_least, exact, key_text
from core.mapping.model import Json, Place, Unconvertible
from core.mapping.rules import Merge, Names
from core.mapping.steps import Steps

_P = TypeVar("_P", Place, Steps)


@attrs.frozen
class BadFigure:
    """A figure that cannot be added up: of which row, at which members, and why."""

    row: int
    names: Names
    code: str
    expected: str
    found: Json


@attrs.frozen
class Merged:
    """Where each row has gone, and the figures that could not be added up."""

    moved: dict[int, int]
    bad: tuple[BadFigure, ...]


class Moves:
    """Where the rows of merged arrays have gone; places count as they did before any were merged."""

    def __init__(self) -> None:
        self._arrays: dict[Steps, dict[int, int]] = {}

    def __bool__(self) -> bool:
        return bool(self._arrays)

    def note(self, array: Steps, moved: dict[int, int]) -> None:
        """The rows of one array have moved."""
        self._arrays[array] = moved

    def follow(self, place: _P) -> _P:
        """Where a place is now."""
        return tuple(
            self._arrays.get(place[:depth], {}).get(step, step) if isinstance(step, int) else step
            for depth, step in enumerate(place)
        )


def merge_rows(rows: list[Json], merge: Merge, apart: Container[int] = ()) -> Merged:
    """Make the list shorter; rows that stand `apart` stay as they are."""
    groups: dict[Hashable, list[int]] = {}
    for number, row in enumerate(rows):
        key = None if number in apart else _key(row, merge)
        groups.setdefault(number if key is None else key, []).append(number)
    moved = {number: new for new, numbers in enumerate(groups.values()) for number in numbers}
    bad: list[BadFigure] = []
    rows[:] = [_as_one(rows, numbers, merge, bad) for numbers in groups.values()]
    return Merged(moved, tuple(bad))


def raise_to_minimums(rows: list[Json], minimums: Iterable[tuple[Names, Json]]) -> None:
    """Let no figure of a row be smaller than its minimum."""
    for names, minimum in minimums:
        for number, row in enumerate(rows):
            value = _at(row, names)
            if value is not None:
                rows[number] = _with(row, names, at_least(value, minimum))


def _key(row: Json, merge: Merge) -> tuple[Hashable, ...] | None:
    values = [_at(row, names) for names in merge.by]
    if any(value is None or isinstance(value, list | dict) for value in values):
        return None
    return tuple(value if isinstance(value, bool) else key_text(value) for value in values)


def _as_one(rows: list[Json], numbers: list[int], merge: Merge, bad: list[BadFigure]) -> Json:
    one = rows[numbers[0]]
    for names in merge.sum if len(numbers) > 1 else ():
        figures = {number: value for number in numbers if (value := _at(rows[number], names)) is not None}
        faults = list(_no_numbers(figures, names))
        try:
            if figures and not faults:
                one = _with(one, names, add(figures.values()))
        except Unconvertible as error:
            first = next(iter(figures))
            faults.append(BadFigure(first, names, error.code, error.expected, figures[first]))
        bad += faults
    return one


def _no_numbers(figures: Mapping[int, Json], names: Names) -> Iterator[BadFigure]:
    for row, figure in figures.items():
        if exact(figure) is None:
            yield BadFigure(row, names, "wrong_type", "a number", figure)


def _at(row: Json, names: Names) -> Json:
    for name in names:
        if not isinstance(row, dict):
            return None
        row = row.get(name)
    return row


def _with(row: Json, names: Names, value: Json) -> Json:
    """The row with another value there; rows may be parts of what was sent, so they are never changed."""
    if not isinstance(row, dict):
        return row
    first, rest = names[0], names[1:]
    inner = row.get(first)
    return {**row, first: _with(inner if isinstance(inner, dict) else {}, rest, value) if rest else value}
