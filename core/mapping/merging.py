"""Rows with the same key become one (section 17)."""

from collections.abc import Hashable, Iterable

from core.mapping.arithmetic import add, at_least, exact
from core.mapping.equality import scalar_key
from core.mapping.model import Json
from core.mapping.rules import Merge, Names


def merge_rows(rows: list[Json], merge: Merge) -> dict[int, int]:
    """Merge the rows in place; tell where each row has gone."""
    kept: list[Json] = []
    first: dict[Hashable, int] = {}
    moved: dict[int, int] = {}
    for number, row in enumerate(rows):
        key = _key(row, merge)
        if key is None or key not in first:
            moved[number] = len(kept)
            if key is not None:
                first[key] = len(kept)
            kept.append(row)
        else:
            moved[number] = first[key]
            _add_to(kept[first[key]], row, merge)
    rows[:] = kept
    return moved


def raise_to_minimums(rows: list[Json], minimums: Iterable[tuple[Names, Json]]) -> None:
    """Let no figure of a row be smaller than its minimum."""
    for names, minimum in minimums:
        for row in rows:
            value = _at(row, names)
            if value is not None:
                _set(row, names, at_least(value, minimum))


def _key(row: Json, merge: Merge) -> Hashable | None:
    values = [_at(row, names) for names in merge.by]
    if any(value is None or isinstance(value, list | dict) for value in values):
        return None
    return tuple(scalar_key(value) for value in values)


def _add_to(kept: Json, row: Json, merge: Merge) -> None:
    for names in merge.sum:
        figures = [figure for figure in (_at(kept, names), _at(row, names)) if exact(figure) is not None]
        if figures:
            _set(kept, names, add(figures))


def _at(row: Json, names: Names) -> Json:
    for name in names:
        if not isinstance(row, dict):
            return None
        row = row.get(name)
    return row


def _set(row: Json, names: Names, value: Json) -> None:
    for name in names[:-1]:
        if isinstance(row, dict):
            row = row.setdefault(name, {})
    if isinstance(row, dict):
        row[names[-1]] = value
