"""Checks of plain JSON: each one complains about what it is given, at the place to blame."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeAlias

import attrs

from core.mapping.model import Finding, Json
from core.mapping.shape.other_words import meant_by

Check: TypeAlias = "Callable[[Json, Blame], None]"
_KINDS = {str: "text", bool: "flag", list: "list", dict: "object", type(None): "null"}


@attrs.frozen
class Blame:
    """The rule and member that a complaint is about, and where complaints are collected."""

    findings: list[Finding]
    rule: str = ""
    member: str = ""

    def error(self, message: str, code: str = "bad_option", fix: str | None = None) -> None:
        """Complain."""
        self.findings.append(Finding("error", code, self.rule, self.member, message, fix=fix))

    def inside(self, member: str) -> "Blame":
        """Where complaints about a member of the rule go; a member of a member is blamed on the outer one."""
        return self if self.member else attrs.evolve(self, member=member)


def anything(value: Json, blame: Blame) -> None:
    """Every value will do."""


def kind_of(value: Json) -> str:
    """The JSON kind of a value: text, number, flag, list, object or null."""
    return "number" if type(value) in (int, float, Decimal) else _KINDS[type(value)]


def one_kind(due: str, **checks: Check) -> Check:
    """A value of one of these kinds, each with a check of its own."""

    def check(value: Json, blame: Blame) -> None:
        found = checks.get(kind_of(value))
        if found is None:
            blame.error(f"{due} is due, not {shown(value)}")
        else:
            found(value, blame)

    return check


def only(allowed: Iterable[Json], due: str) -> Check:
    """One of these values."""
    words = tuple(allowed)
    kinds = {(kind_of(word), word) for word in words if not isinstance(word, list | dict)}

    def check(value: Json, blame: Blame) -> None:
        if isinstance(value, list | dict) or (kind_of(value), value) not in kinds:
            blame.error(f"{due} is due, not {shown(value)}", fix=_nearest(value, words))

    return check


def text(*, shortest: int = 0, longest: int | None = None, due: str = "a text") -> Check:
    """A text of such a length."""

    def check(value: Json, blame: Blame) -> None:
        if not isinstance(value, str):
            blame.error(f"{due} is due, not {shown(value)}")
        elif len(value) < shortest:
            blame.error(f"{due} is due, this is empty")
        elif longest is not None and len(value) > longest:
            blame.error(f"at most {longest} characters, here are {len(value)}", "too_large")

    return check


def list_of(item: Check, *, shortest: int = 0, longest: int | None = None, due: str) -> Check:
    """A list of things that pass the same check."""

    def check(value: Json, blame: Blame) -> None:
        if not isinstance(value, list):
            plain = item is anything and not isinstance(value, dict)
            blame.error(f"{due} is due, not {shown(value)}", fix=f"write [{shown(value)}]" if plain else None)
            return
        _check_count(len(value), shortest, longest, due, blame)
        for element in value:
            item(element, blame)

    return check


def map_of(item: Check, *, shortest: int = 0, longest: int | None = None, due: str) -> Check:
    """An object whose members all pass the same check."""

    def check(value: Json, blame: Blame) -> None:
        if not isinstance(value, dict):
            blame.error(f"{due} is due, not {shown(value)}")
            return
        _check_count(len(value), shortest, longest, due, blame)
        for element in value.values():
            item(element, blame)

    return check


def members(
    known: Mapping[str, Check], *, required: tuple[str, ...] = (), elsewhere: Mapping[str, str] | None = None
) -> Check:
    """An object with these members and no others; `elsewhere` says where a misplaced one belongs."""

    def check(value: Json, blame: Blame) -> None:
        if not isinstance(value, dict):
            blame.error(f"an object is due, not {shown(value)}")
            return
        for name, element in value.items():
            if name in known:
                known[name](element, blame.inside(name))
            else:
                _unknown(name, blame, known, elsewhere or {})
        for name in required:
            if name not in value:
                blame.inside(name).error(f"its {name} is missing")

    return check


def _unknown(name: str, blame: Blame, known: Mapping[str, Check], elsewhere: Mapping[str, str]) -> None:
    if name in elsewhere:
        blame.inside(name).error(elsewhere[name])
        return
    nearest = _nearest(name, tuple(known))
    meant = f"did you mean {nearest}?" if nearest else f"known here are {', '.join(sorted(known))}"
    blame.inside(name).error(f'there is no member "{name[:40]}"; {meant}', fix=nearest)


def _nearest(value: Json, words: tuple[Json, ...]) -> str | None:
    if not isinstance(value, str):
        return None
    texts = {word.lower(): word for word in words if isinstance(word, str)}
    known = meant_by(value, texts.values())
    found = [known.lower()] if known else get_close_matches(value.lower(), texts, n=1)
    return texts[found[0]] if found else None


def _check_count(count: int, shortest: int, longest: int | None, due: str, blame: Blame) -> None:
    if count < shortest:
        blame.error(f"{due} is due, this has {count or 'no'} entries")
    if longest is not None and count > longest:
        blame.error(f"at most {longest} entries, here are {count}", "too_large")


def shown(value: Json) -> str:
    """The value as a sentence names it."""
    match value:
        case str():
            return f'"{value[:40]}"'
        case bool():
            return str(value).lower()
        case None:
            return "null"
        case list() | dict():
            return "a list" if isinstance(value, list) else "an object"
        case _:
            return str(value)[:40]
