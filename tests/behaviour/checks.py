"""Comparing documents with the tables of a feature."""

import pytest

from core.entities.json import Json
from tests.behaviour.tables import Table, agrees, found_at


def check_holds(document: Json, table: Table) -> None:
    """Every place of the table holds what is said."""
    wrong = {place: _held(document, place) for place, cell in table if not _agrees_at(document, place, cell)}
    assert not wrong, f"differs from {dict(table)}: {wrong}"


def check_place_missing(document: Json, place: str) -> None:
    """The document has no such place."""
    with pytest.raises(KeyError):
        found_at(document, place)


def check_lists(documents: Json, table: Table) -> None:
    """As many documents as the table has lines, each with what its line says."""
    heading, *lines = table
    assert isinstance(documents, list), f"no list: {documents}"
    assert len(documents) == len(lines), f"{len(documents)} instead of {len(lines)}: {documents}"
    for document, line in zip(documents, lines, strict=True):
        check_holds(document, [pair for pair in zip(heading, line, strict=True) if pair[1] != ""])


def check_same_lines(documents: Json, table: Table) -> None:
    """The same lines in any order."""
    heading, *lines = table
    assert isinstance(documents, list)
    found = sorted([str(_held(document, name)) for name in heading] for document in documents)
    assert found == sorted(["" if cell == "an empty text" else cell for cell in line] for line in lines)


def check_fields(document: Json, table: Table) -> None:
    """The document has exactly these fields."""
    assert isinstance(document, dict)
    assert sorted(document) == sorted(name for (name,) in table)


def _agrees_at(document: Json, place: str, cell: str) -> bool:
    try:
        return agrees(cell, found_at(document, place))
    except KeyError:
        return False


def _held(document: Json, place: str) -> Json:
    try:
        return found_at(document, place)
    except KeyError:
        return "(nothing there)"
