"""The stored document: the mapping, its rules and groups, in the long form and the short one."""

from collections.abc import Mapping
from typing import Final

import attrs

from core.mapping.model import Json
from core.mapping.shape import options
from core.mapping.shape.kinds import Blame, Check, anything, members, only

FORMAT: Final = "datamingle.mapping/1"

_ABOUT: Final[dict[str, Check]] = {"id": options.NAME, "note": options.TEXT}
_GROUP: Final[dict[str, Check]] = {
    "partner": options.PATH,
    "internal": options.PATH,
    "where": options.conditions,
    "flatten": options.FLAG,
    "merge": options.MERGE,
    **_ABOUT,
}
_RULE: Final[dict[str, Check]] = {
    "partner": options.PARTNER,
    "internal": options.PATH,
    "direction": options.DIRECTION,
    "type": options.TYPE,
    "as": options.AS,
    "scale": options.SCALE,
    "values": options.VALUES,
    "required": options.FLAG,
    "default": anything,
    "nulls": options.NULLS,
    "const": anything,
    "always": options.FLAG,
    "expect": options.FLAG,
    "wrap": options.WRAP,
    "secret": options.FLAG,
    "empty": options.EMPTY,
    "join": options.TEXT,
    "text": options.TEXT_STEPS,
    "min": options.NUMBER,
    "total": options.TOTAL,
    "gather": options.FLAG,
    "where": options.conditions,
    "pairs": options.NAME_AND_VALUE,
    "test": options.conditions,
    "lookup": options.LOOKUP,
    **_ABOUT,
}
_ONLY_ON_GROUPS: Final = {
    name: f"{name} belongs to a group (a rule that has rules)" for name in ("flatten", "merge")
}
_NOT_ON_GROUPS: Final = {
    name: f"{name} belongs to a rule, not to a group" for name in _RULE if name not in _GROUP
}
_KEY: Final = {"partner": "in the short form the partner path is the key"}


def _without_partner(known: Mapping[str, Check]) -> dict[str, Check]:
    return {name: check for name, check in known.items() if name != "partner"}


_LONG_RULE: Final = members(_RULE, elsewhere=_ONLY_ON_GROUPS)
_SHORT_RULE: Final = members(_without_partner(_RULE), elsewhere={**_ONLY_ON_GROUPS, **_KEY})
_LONG_GROUP: Final = members({**_GROUP, "rules": anything}, elsewhere=_NOT_ON_GROUPS)
_SHORT_GROUP: Final = members(
    {**_without_partner(_GROUP), "rules": anything}, elsewhere={**_NOT_ON_GROUPS, **_KEY}
)


def rules(value: Json, blame: Blame, prefix: str = "r") -> None:
    """The rules of a mapping or group: a list, or an object from partner path to the rest."""
    if isinstance(value, list):
        for number, rule in enumerate(value, 1):
            _rule(rule, _named(blame, rule, f"{prefix}{number}"), f"{prefix}{number}.", short=False)
    elif isinstance(value, dict):
        for number, (path, rule) in enumerate(value.items(), 1):
            name = f"{prefix}{number}"
            options.PATH(path, attrs.evolve(blame, rule=name, member="partner"))
            if isinstance(rule, str):
                options.PATH(rule, attrs.evolve(blame, rule=name, member="internal"))
            else:
                _rule(rule, _named(blame, rule, name), f"{name}.", short=True)
    else:
        blame.inside("rules").error("a list of rules is due, or an object from partner path to internal path")


def _named(blame: Blame, rule: Json, name: str) -> Blame:
    own = rule.get("id") if isinstance(rule, dict) else None
    return attrs.evolve(blame, rule=own if isinstance(own, str) and own else name, member="")


def _rule(rule: Json, blame: Blame, prefix: str, *, short: bool) -> None:
    if isinstance(rule, dict) and "rules" in rule:
        (_SHORT_GROUP if short else _LONG_GROUP)(rule, blame)
        rules(rule["rules"], blame, prefix)
        return
    (_SHORT_RULE if short else _LONG_RULE)(rule, blame)
    if isinstance(rule, dict):
        _check_sides(rule, blame, short=short)


def _check_sides(rule: Mapping[str, Json], blame: Blame, *, short: bool) -> None:
    """A rule pairs two sides; const and test stand instead of one."""
    partner = short or "partner" in rule
    if "const" in rule:
        if partner == ("internal" in rule):
            code = "bad_option" if partner else "empty_rule"
            blame.inside("const").error("const stands instead of one side: write partner or internal", code)
        elif partner and not short and not isinstance(rule["partner"], str):
            blame.inside("partner").error("a fixed value has one place")
        return
    if "internal" not in rule and not partner and "test" not in rule:
        blame.error("a rule pairs two places: write partner and internal", "empty_rule")
        return
    if "internal" not in rule:
        blame.inside("internal").error("the path on our side is missing", "empty_rule")
    if "test" in rule and partner:
        blame.inside("test").error("test stands instead of partner")
    elif "test" not in rule and not partner:
        blame.inside("partner").error("the path on the partner's side is missing", "empty_rule")


_MAPPING: Final[dict[str, Check]] = {
    "$schema": options.TEXT,
    "format": only((FORMAT,), due=f'"{FORMAT}"'),
    "resource": options.RESOURCE,
    "identifier_field": options.PATH,
    "note": options.TEXT,
    "record": options.PATHS,
    "where": options.conditions,
    "accept": options.conditions,
    "merge": options.MERGE,
    "empty": options.EMPTY,
    "wrap": options.MAPPING_WRAP,
    "zone": options.NAME,
    "unmapped": options.UNMAPPED,
    "on_duplicate": only(("refuse", "update"), due="refuse or update"),
    "rules": anything,
}
_TOP: Final = members(_MAPPING)


def mapping(value: Json, blame: Blame) -> None:
    """The whole document."""
    _TOP(value, blame)
    if isinstance(value, dict) and "rules" in value:
        rules(value["rules"], blame)
