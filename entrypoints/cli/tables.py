"""What a person reads: aligned tables and lists, safe to print in a terminal."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from core.entities.timestamp import show_time

Cell = str | int | float | bool | datetime | None


def table(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Aligned columns under their headings."""
    lines = [tuple(headings), *(tuple(cell(value) for value in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def listing(values: Mapping[str, Cell]) -> str:
    """A name and its value on each line, the values aligned."""
    width = max(len(name) for name in values)
    return "\n".join(f"{name.ljust(width)}  {cell(value)}".rstrip() for name, value in values.items())


def cell(value: Cell) -> str:
    """One value as text; nothing is a dash."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return show_time(value)
    return printable(str(value)).replace("\n", "\\n")


def printable(text: str) -> str:
    """The text with everything escaped that could steer a terminal: much of it comes from clients."""
    return "".join(
        character if character.isprintable() or character == "\n" else json.dumps(character)[1:-1]
        for character in text
    )
