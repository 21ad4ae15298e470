"""How large a stored mapping may be."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

import attrs

from core.mapping.model import Json
from core.mapping.paths import EACH, SAME, BadPath, parse
from core.mapping.shape.kinds import Blame

LARGEST_MAPPING: Final = 256 * 1024
MOST_RULES: Final = 1000
DEEPEST_NESTING: Final = 8
DEEPEST_DOCUMENT: Final = 64
_LARGEST_VALUE: Final = 4 * 1024
_LARGEST_VALUE_IN_ARRAY: Final = 256


@attrs.frozen
class _Sized:
    """A rule where it stands: how many groups around it, and whether they are groups of elements."""

    document: Mapping[str, Json]
    name: str
    depth: int
    in_array: bool


def is_too_deep(document: Json) -> bool:
    """Whether the document nests deeper than anything here may; found without recursion."""
    level = [document]
    for _ in range(DEEPEST_DOCUMENT + 1):
        level = [child for value in level for child in _children(value)]
        if not level:
            return False
    return True


def check_sizes(document: Mapping[str, Json], blame: Blame) -> None:
    """Refuse too many rules, too deep groups and too large values."""
    if _size(document) > LARGEST_MAPPING:
        blame.error(f"a mapping has at most {LARGEST_MAPPING // 1024} KiB", "too_large")
    count = 0
    for rule in _walk(document.get("rules"), _Sized({}, "r", 0, in_array=False)):
        count += "rules" not in rule.document
        _check_rule(rule, attrs.evolve(blame, rule=rule.name))
    if count > MOST_RULES:
        blame.inside("rules").error(f"at most {MOST_RULES} rules, here are {count}", "too_large")


def _check_rule(rule: _Sized, blame: Blame) -> None:
    if rule.depth > DEEPEST_NESTING and "rules" in rule.document:
        blame.inside("rules").error(f"groups nest at most {DEEPEST_NESTING} deep", "too_large")
    for member in ("const", "default"):
        if member in rule.document:
            repeated = member == "const" and rule.in_array
            limit = _LARGEST_VALUE_IN_ARRAY if repeated else _LARGEST_VALUE
            if _size(rule.document[member]) > limit:
                blame.inside(member).error(f"at most {limit} bytes here", "too_large")


def _walk(rules: Json, around: _Sized) -> Iterator[_Sized]:
    entries = rules.items() if isinstance(rules, dict) else [("", rule) for rule in _children(rules)]
    for number, (path, entry) in enumerate(entries, 1):
        document = entry if isinstance(entry, dict) else {"internal": entry}
        own = document.get("id")
        sides = (path, document.get("partner"), document.get("internal"))
        in_array = around.in_array or any(map(_goes_through_elements, sides))
        position = f"{around.name}{number}"
        yield _Sized(document, own if isinstance(own, str) else position, around.depth + 1, in_array)
        if "rules" in document:
            yield from _walk(document["rules"], _Sized({}, f"{position}.", around.depth + 1, in_array))


def _goes_through_elements(path: Json) -> bool:
    """Whether a path leads into every element of an array; one that cannot be read is complained of later."""
    if not isinstance(path, str) or ("[]" not in path and "[=]" not in path):
        return False
    with suppress(BadPath):
        return not {EACH, SAME}.isdisjoint(parse(path).steps)
    return False


def _children(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _size(value: object) -> int:
    return len(
        json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode(errors="replace")
    )
