"""The shape of every option of a rule, a group and the mapping."""

from typing import Final

from core.mapping.codecs import LARGEST_SCALE, TYPES
from core.mapping.model import Json
from core.mapping.paths import MAX_CHARACTERS
from core.mapping.shape.kinds import (
    Blame,
    Check,
    anything,
    list_of,
    map_of,
    members,
    one_kind,
    only,
    shown,
    text,
)

MOST_VALUES: Final = 2000
RESOURCES: Final = ("orders", "products", "locations", "inventory")


def _one_or_more(item: Check, due: str) -> Check:
    return one_kind(due, text=item, list=list_of(item, shortest=1, due=due))


PATH: Final = text(longest=MAX_CHARACTERS, due="a path")
PATHS: Final = _one_or_more(PATH, "a path, or a list of paths,")
TEXT: Final = text()
NAME: Final = text(shortest=1, due="a text that is not empty")
FLAG: Final = only((True, False), due="true or false")
NUMBER: Final = one_kind("a number", number=anything)
RESOURCE: Final = only(RESOURCES, due=f"one of {', '.join(RESOURCES)}")
DIRECTION: Final = only(("both", "in", "out"), due="both, in or out")
TYPE: Final = only(TYPES, due=f"one of {', '.join(TYPES)}")
AS: Final = _one_or_more(NAME, "a form, or a list of forms,")
SCALE: Final = only(range(LARGEST_SCALE + 1), due=f"a whole number from 0 to {LARGEST_SCALE}")
NULLS: Final = only(("keep", "absent", "reject"), due="keep, absent or reject")
TOTAL: Final = only(("sum",), due='"sum"')
EMPTY: Final = list_of(anything, due="a list of values")
_WRAPPERS: Final = "a member name, or a list of them,"
MAPPING_WRAP: Final = _one_or_more(PATH, _WRAPPERS)
WRAP: Final = one_kind(
    f"false, {_WRAPPERS}",
    flag=only((False,), due=f"false, {_WRAPPERS}"),
    text=PATH,
    list=list_of(PATH, shortest=1, due=_WRAPPERS),
)

_A_PLAIN_VALUE: Final = "a plain value"
_PLAIN: Final = one_kind(_A_PLAIN_VALUE, text=anything, number=anything, flag=anything, null=anything)
_PAIR: Final = list_of(_PLAIN, shortest=2, longest=2, due="a pair [partner value, internal value]")
_PAIRS: Final = "a list of pairs, or an object,"
VALUES: Final = one_kind(
    _PAIRS,
    list=list_of(_PAIR, shortest=1, longest=MOST_VALUES, due=_PAIRS),
    object=map_of(_PLAIN, shortest=1, longest=MOST_VALUES, due=_PAIRS),
)
NAME_AND_VALUE: Final = list_of(
    NAME, shortest=2, longest=2, due='two member names, such as ["name", "value"],'
)
_FIELD: Final = text(shortest=1, longest=MAX_CHARACTERS, due="the name of a field")
_LOOKED_UP: Final = only(("products", "locations"), due="products or locations")
LOOKUP: Final = members({"resource": _LOOKED_UP, "by": _FIELD}, required=("resource", "by"))
_FIELDS: Final = _one_or_more(_FIELD, "the name of a field, or a list of them,")
MERGE: Final = members({"by": _FIELDS, "sum": _FIELDS}, required=("by",))
_UNMAPPED: Final = only(("pass", "drop", "reject"), due="pass, drop or reject")
UNMAPPED: Final = one_kind(
    "pass, drop or reject, or an object with in and out,",
    text=_UNMAPPED,
    object=members({"in": _UNMAPPED, "out": _UNMAPPED}),
)

_WORDS: Final = ("trim", "collapse", "unescape", "strip_tags", "upper", "lower")
_STEP: Final = 'a step such as trim or {"prefix": "SHOP-"}'
_WORD: Final = only(
    _WORDS, due=f"one of {', '.join(_WORDS)}, or an object with after, before, between, prefix or suffix,"
)
_BRACKETS: Final = list_of(NAME, shortest=2, longest=2, due='two texts, such as ["[", "]"],')
_LONG_STEP: Final = members(
    {"after": NAME, "before": NAME, "between": _BRACKETS, "prefix": NAME, "suffix": NAME}
)


def _one_step(value: Json, blame: Blame) -> None:
    _LONG_STEP(value, blame)
    if isinstance(value, dict) and len(value) != 1:
        blame.error("a step is an object with one member")


_STEP_CHECK: Final = one_kind(_STEP, text=_WORD, object=_one_step)
TEXT_STEPS: Final = one_kind(
    "a list of steps", text=_WORD, object=_one_step, list=list_of(_STEP_CHECK, shortest=1, due=_STEP)
)


def conditions(value: Json, blame: Blame) -> None:
    """A condition, or a list of conditions that must all hold."""
    _CONDITIONS(value, blame)


def _condition(value: Json, blame: Blame) -> None:
    if not isinstance(value, dict) or not value:
        blame.error(f"{_A_CONDITION} is due")
        return
    for name, asked in value.items():
        PATH(name, blame)
        check = _ANY if name == "any" and isinstance(asked, list) else _ask
        check(asked, blame)


def _ask(value: Json, blame: Blame) -> None:
    """Questions about one place; a plain value or a list was meant as the values to look for."""
    if not isinstance(value, dict):
        values = value if isinstance(value, list) else [value]
        plain = not any(isinstance(one, list | dict) for one in values)
        fix = f'write {{"in": [{", ".join(map(shown, values))}]}}' if plain else None
        blame.error(f"an object with in, not_in, present or above is due, not {shown(value)}", fix=fix)
        return
    _QUESTIONS(value, blame)
    if value == {}:
        blame.error("in, not_in, present or above is due")


_A_CONDITION: Final = 'a condition such as {"Status": {"in": ["Open"]}}'
_CONDITIONS: Final = one_kind(
    _A_CONDITION, object=_condition, list=list_of(conditions, shortest=1, due=_A_CONDITION)
)
_ANY: Final = list_of(conditions, shortest=1, due="a list of conditions of which one must hold")
_LISTED: Final = list_of(anything, due="a list of values")
_QUESTIONS: Final = members({"in": _LISTED, "not_in": _LISTED, "present": FLAG, "above": NUMBER})

_JOINED: Final = members(
    {
        "path": list_of(PATH, shortest=1, due="with join, a list of paths"),
        "join": TEXT,
        "wrap": WRAP,
        "text": TEXT_STEPS,
        "where": conditions,
    },
    required=("path",),
)
_SINGLE: Final = members(
    {"path": PATH, "wrap": WRAP, "text": TEXT_STEPS, "where": conditions}, required=("path",)
)


def _alternative(value: Json, blame: Blame) -> None:
    check = _JOINED if isinstance(value, dict) and "join" in value else _SINGLE
    check(value, blame)


_A_PLACE: Final = "a path, or an object with a path,"
_PLACE: Final = one_kind(_A_PLACE, text=PATH, object=_alternative, null=anything)
PARTNER: Final = one_kind(
    "a path, or a list of alternatives,",
    text=PATH,
    object=_alternative,
    list=list_of(_PLACE, shortest=1, due="a list of alternatives"),
)
