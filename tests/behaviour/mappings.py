"""Mappings as tables of a feature: a rule per line, its places under `theirs` and `ours`."""

import re
from collections.abc import Mapping, Sequence

from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from tests.behaviour.tables import NOT_SENT, Table, document, value

FORMAT = "datamingle.mapping/1"
_GROUP_OPTIONS = {"where", "flatten", "merge"}
_LIST = re.compile(r",\s*")
_CONDITION = re.compile(
    r"(?P<place>\S+) (?:is (?P<absent>not )?there|(?P<test>in|not in|above) (?P<operand>.+))"
)
_WORD = re.compile(r'([^\s"]+)|"([^"]*)"')
_PAIR = re.compile(r"\s=\s")


def mapping(resource: Resource, settings: Mapping[str, str], rules: Table) -> JsonObject:
    """The document of a mapping with these settings and rules."""
    start: JsonObject = {"format": FORMAT, "resource": resource.value}
    plain = [(name, cell) for name, cell in settings.items() if name not in _SETTINGS]
    read = {name: _SETTINGS[name](cell) for name, cell in settings.items() if name in _SETTINGS}
    filled = document(plain, start)
    assert isinstance(filled, dict)
    return {**filled, **read, "rules": _rules([_rule(rules[0], line) for line in rules[1:]])}


def _rules(flat: Sequence[JsonObject]) -> list[Json]:
    """The rules; a line with an option of groups holds those that follow and lie below its places."""
    rules: list[Json] = []
    group: JsonObject | None = None
    for rule in flat:
        if group is not None and str(rule.get("partner")).startswith(f"{group['partner']}."):
            _take_in(group, rule)
            continue
        group = (
            {**rule, "rules": []} if _GROUP_OPTIONS & rule.keys() and "[]" in str(rule["partner"]) else None
        )
        rules.append(rule if group is None else group)
    return rules


def _take_in(group: JsonObject, rule: JsonObject) -> None:
    below = {
        side: str(rule[side]).removeprefix(f"{group[side]}.")
        for side in ("partner", "internal")
        if side in rule
    }
    inner = group["rules"]
    assert isinstance(inner, list)
    inner.append({**rule, **below})


def _rule(heading: Sequence[str], line: Sequence[str]) -> JsonObject:
    cells = {name: cell for name, cell in zip(heading, line, strict=True) if cell not in ("", NOT_SENT)}
    return {_MEMBERS.get(name, name): _OPTIONS.get(name, value)(cell) for name, cell in cells.items()}


def _items(cell: str) -> list[Json]:
    return [value(item) for item in _LIST.split(cell)]


def _one_or_several(cell: str) -> Json:
    items = _items(cell)
    return items if len(items) > 1 else items[0]


def _places(cell: str) -> Json:
    places: list[Json] = list(cell.split(" / "))
    return places if len(places) > 1 else cell


def _pairs(cell: str) -> Json:
    return [[value(side) for side in _PAIR.split(pair, maxsplit=1)] for pair in _LIST.split(cell)]


def _texts(cell: str) -> Json:
    return [_text(step) for step in _LIST.split(cell)]


def _text(step: str) -> Json:
    """A step on a text: its name, or its name and what it looks for in quotes."""
    name, *operands = [part or quoted for part, quoted in _WORD.findall(step)]
    if not operands:
        return name
    return {name: operands[0] if len(operands) == 1 else list[Json](operands)}


def _lookup(cell: str) -> Json:
    resource, by = cell.split(" by ")
    return {"resource": resource, "by": by}


def _merge(cell: str) -> Json:
    by, total = cell.split(", summing ")
    return {"by": _items(by), "sum": _items(total)}


def _condition(cell: str) -> Json:
    found = _CONDITION.fullmatch(cell)
    assert found is not None, f'"{cell}" is no condition'
    match found["test"]:
        case None:
            return [{found["place"]: {"present": found["absent"] is None}}]
        case "above":
            return [{found["place"]: {"above": value(found["operand"])}}]
        case test:
            return [{found["place"]: {test.replace(" ", "_"): _items(found["operand"])}}]


_MEMBERS = {"theirs": "partner", "ours": "internal"}
_OPTIONS = {
    "theirs": _places,
    "ours": str,
    "as": _one_or_several,
    "values": _pairs,
    "text": _texts,
    "lookup": _lookup,
    "where": _condition,
    "test": _condition,
    "pairs": _items,
    "merge": _merge,
}
_SETTINGS = {
    "record": _items,
    "empty": _items,
    "where": _condition,
    "accept": _condition,
    "merge": _merge,
}
