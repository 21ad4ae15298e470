"""Tables of a feature as documents: a column of places, a column of values."""

import re
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from core.entities.json import Json, JsonObject

Table = Sequence[Sequence[str]]
Steps = tuple[str | int, ...]

NOT_SENT = "(not sent)"
_STEP = re.compile(r"(?P<name>[^.\[\]]+)|\[(?P<index>\d+)\]")
_NUMBER = re.compile(r"-?\d+(?P<fraction>\.\d+)?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
_LETTERS = re.compile(r"(\d+) letters")
_WORDS: JsonObject = {
    "null": None,
    "true": True,
    "false": False,
    "an empty text": "",
    "an empty object": {},
    "an empty list": [],
}


def _is_text(found: Json) -> bool:
    return isinstance(found, str) and found != ""


def _is_number(found: Json) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)


_TESTS: Mapping[str, Callable[[Json], bool]] = {
    "an id": lambda found: isinstance(found, str) and UUID(found).version == 7,
    "a time": lambda found: isinstance(found, str) and _TIME.fullmatch(found) is not None,
    "some text": _is_text,
    "a number": _is_number,
}


def value(cell: str) -> Json:
    """A cell's value: a number, true, false, null, or else text; in quotes it is text in any case."""
    if cell in _WORDS:
        word = _WORDS[cell]
        return type(word)(word) if isinstance(word, dict | list) else word
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1]
    if letters := _LETTERS.fullmatch(cell):
        return "x" * int(letters[1])
    if number := _NUMBER.fullmatch(cell):
        return float(cell) if number["fraction"] else int(cell)
    return cell


def agrees(cell: str, found: Json) -> bool:
    """Whether a value is what a cell says, kind included; a cell may also say `an id` or `a time`."""
    test = _TESTS.get(cell)
    if test is not None:
        return test(found)
    wanted = value(cell)
    return type(wanted) is type(found) and wanted == found


def steps_of(place: str) -> Steps:
    """A place such as `items[0].sku_code`, step by step."""
    return tuple(found["name"] or int(found["index"]) for found in _STEP.finditer(place))


def document(table: Table, start: Json = None) -> Json:
    """The document that holds each value at its place, on top of another; `(not sent)` takes a place away."""
    filled = start
    for place, cell in table:
        filled = _with(filled, steps_of(place), cell)
    return {} if filled is None else filled


def rows(table: Table) -> list[JsonObject]:
    """A table with a heading as objects; an empty cell is not there."""
    heading, *lines = table
    return [
        {name: value(cell) for name, cell in zip(heading, line, strict=True) if cell != ""} for line in lines
    ]


def found_at(whole: Json, place: str) -> Json:
    """What a document holds at the place; KeyError if there is no such place."""
    for step in steps_of(place):
        match whole, step:
            case dict(), str() if step in whole:
                whole = whole[step]
            case list(), int() if step < len(whole):
                whole = whole[step]
            case _:
                raise KeyError(place)
    return whole


def _with(whole: Json, steps: Steps, cell: str) -> Json:
    if not steps:
        return value(cell)
    step, *rest = steps
    if isinstance(step, int):
        return _with_element(list(whole) if isinstance(whole, list) else [], step, tuple(rest), cell)
    members = dict(whole) if isinstance(whole, dict) else {}
    if not rest and cell == NOT_SENT:
        members.pop(step, None)
    else:
        members[step] = _with(members.get(step), tuple(rest), cell)
    return members


def _with_element(elements: list[Json], index: int, rest: Steps, cell: str) -> Json:
    if index == len(elements):
        elements.append(None)
    elements[index] = _with(elements[index], rest, cell)
    return elements
