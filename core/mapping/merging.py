"""Rows with the same key become one (section 17)."""

from collections.abc import Hashable, Iterable

from core.mapping.arithmetic import add, at_least, exact
from core.mapping.equality import scalar_key
from core.mapping.model import Json
from core.mapping.rules import Merge, Names


def merge_rows(rows: list[Json], merge: Merge) -> dict[int, int]:
    """Make the list shorter; tell where each row has gone."""
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
            kept[first[key]] = _with_added(kept[first[key]], row, merge)
    rows[:] = kept
    return moved


def raise_to_minimums(rows: list[Json], minimums: Iterable[tuple[Names, Json]]) -> None:
    """Let no figure of a row be smaller than its minimum."""
    for names, minimum in minimums:
        for number, row in enumerate(rows):
            value = _at(row, names)
            if value is not None:
                rows[number] = _with(row, names, at_least(value, minimum))


def _key(row: Json, merge: Merge) -> Hashable | None:
    values = [_at(row, names) for names in merge.by]
    if any(value is None or isinstance(value, list | dict) for value in values):
        return None
    return tuple(scalar_key(value) for value in values)


def _with_added(kept: Json, row: Json, merge: Merge) -> Json:
    for names in merge.sum:
        figures = [figure for figure in (_at(kept, names), _at(row, names)) if exact(figure) is not None]
        if figures:
            kept = _with(kept, names, add(figures))
    return kept


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
    return {**row, first: _with(row.get(first, {}), rest, value) if rest else value}
