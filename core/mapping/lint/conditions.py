"""Doubts about conditions: those that hold always or never, and those that ask where nothing is."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TypeAlias

import attrs

from core.mapping.anchors import resolve
from core.mapping.asks import NoneOf, OneOf
from core.mapping.conditions import All, AnyOf, Asked, Condition
from core.mapping.lint.names import odd_names, record_in, too_far_out
from core.mapping.model import Finding, Json
from core.mapping.paths import EACH, OUTWARD, Steps, show, with_each
from core.mapping.rules import RuleSet


@attrs.frozen
class Placed:
    """A question: who asks it and in which member; where it stands and what it asks, from the record on."""

    rule: str
    member: str
    asked: Asked
    stand: Steps
    place: Steps

    def warning(self, code: str, message: str, fix: str | None = None) -> Finding:
        """A doubt."""
        return Finding("warning", code, self.rule, self.member, message, fix=fix)


@attrs.frozen
class _AsWritten:
    """The place that a question asks, as its path says it."""

    question: Placed

    @property
    def place(self) -> Steps:
        """From where the question stands."""
        return self.question.asked.path.steps

    def warning(self, code: str, step: int, message: str, fix: str | None = None) -> Finding:
        """A doubt about a name in it."""
        return self.question.warning(code, message, fix)


_Found: TypeAlias = "tuple[str, str, Steps, Condition | None]"


def questions(rules: RuleSet) -> Iterator[Placed]:
    """Every question of a mapping that is asked inside of a record."""
    for rule, member, stand, condition in _conditions(rules):
        for asked in _parts(condition):
            outside, place = resolve((*stand, *asked.path.steps))
            if not outside:
                yield Placed(rule, member, asked, stand, place)


def check_conditions(rules: RuleSet) -> Iterator[Finding]:
    """All findings about conditions."""
    for rule, member, stand, condition in _conditions(rules):
        for asked in _parts(condition):
            outside = too_far_out((*stand, *asked.path.steps), rules.record)
            if outside is not None:
                yield Finding("warning", "never_fires", rule, member, outside)
    for question in questions(rules):
        yield from _empty_list(question)
        yield from odd_names(_AsWritten(question))
        twice = record_in(question.place, rules.record)
        if twice is not None:
            yield question.warning("record_twice", *twice)


def check_places(rules: RuleSet, samples: Iterable[Json]) -> Iterator[Finding]:
    """A finding for each question about a place that no sample record has, where one has a place alike."""
    seen = {place for sample in samples for place in _places(sample)}
    for question in questions(rules):
        place = with_each(question.place)
        alike = None if place in seen else _alike(place, seen)
        if alike is not None:
            message = f"{show(question.place)} is in none of the samples"
            yield question.warning("never_fires", message, f"write {_seen_from(question.stand, alike)}")


def _seen_from(stand: Steps, place: Steps) -> str:
    """The place as a path from where the question stands, outwards where need be."""
    shared = 0
    while shared < min(len(stand), len(place) - 1) and stand[shared] == place[shared]:
        shared += 1
    outwards = sum(isinstance(step, str) for step in stand[shared:])
    return show((*(OUTWARD,) * outwards, *place[shared:]))


def _places(document: Json) -> Iterator[Steps]:
    """All places in a document, elements of arrays counted as one."""
    waiting: list[tuple[Steps, Json]] = [((), document)]
    while waiting:
        place, value = waiting.pop()
        yield place
        if isinstance(value, dict):
            waiting += [((*place, name), inner) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*place, EACH), inner) for inner in value]


def _alike(place: Steps, seen: Iterable[Steps]) -> Steps | None:
    """The place that was probably meant: of the same name elsewhere, or spelt alike."""
    known = {show(steps): steps for steps in sorted(seen, key=show) if steps}
    same_name = [steps for steps in known.values() if steps[-1] == place[-1]]
    if len(same_name) == 1:
        return same_name[0]
    found = get_close_matches(show(place), known, n=1, cutoff=0.8)
    return known[found[0]] if found else None


def _conditions(rules: RuleSet) -> Iterator[_Found]:
    yield "", "where", (), rules.where
    yield "", "accept", (), rules.accept
    for elements in rules.filters:
        yield elements.group, "where", elements.pair.partner, elements.where
    for rule in rules.rules:
        yield rule.id, "test", rule.stand, rule.test
        for place in rule.places:
            yield rule.id, "partner", rule.stand, place.where


def _parts(condition: Condition | None) -> Iterator[Asked]:
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from _parts(part)
    elif isinstance(condition, Asked):
        yield condition


def _empty_list(question: Placed) -> Iterator[Finding]:
    ask = question.asked.ask
    listed = ask.listed if isinstance(ask, NoneOf) else ask
    if isinstance(listed, OneOf) and not listed.scalars and not listed.others:
        word, how_often = ("not_in", "always") if isinstance(ask, NoneOf) else ("in", "never")
        message = f"{show(question.asked.path.steps)}: {word} with no values {how_often} holds"
        yield question.warning("bad_option", message)
