"""How many rules read one place: copies are free in memory, not when they are written down."""

from collections.abc import Iterator, Sequence, Set
from typing import Final

from core.mapping.anchors import resolve
from core.mapping.claims import with_beginning
from core.mapping.lint.sheet import Sheet
from core.mapping.lint.subject import Side, Subject, wrappings
from core.mapping.model import Finding
from core.mapping.paths import OUTWARD, Steps, show
from core.mapping.rules import Rule

MOST_READERS: Final = 8


def check_fan_out(sheet: Sheet) -> Iterator[Finding]:
    """A finding for each rule that reads what too many others read, or what is around it."""
    mapped = [subject for subject in sheet.subjects if not subject.is_fixed]
    inbound = [(subject, _partner_places(subject.rule)) for subject in mapped if subject.rule.inbound]
    outbound = [
        (subject, [with_beginning(subject.rule, subject.rule.internal)])
        for subject in mapped
        if subject.rule.outbound and subject.rule.internal is not None
    ]
    yield from _crowded("partner", inbound)
    yield from _crowded("internal", outbound)


def _partner_places(rule: Rule) -> list[Steps]:
    """What a rule reads, wrappers included; those outside of the record begin with `^`."""
    places: dict[Steps, None] = {}
    for alternative in rule.places:
        outside, steps = resolve(alternative.path)
        for names in wrappings(rule, alternative):
            places[(*(OUTWARD,) * outside, *steps, *names)] = None
    return [place for place in places if len(places) == 1 or not _is_inside(place, places.keys())]


def _is_inside(place: Steps, places: Set[Steps]) -> bool:
    return any(place[:length] in places for length in range(len(place)))


def _crowded(side: Side, readers: Sequence[tuple[Subject, Sequence[Steps]]]) -> Iterator[Finding]:
    counts: dict[Steps, int] = {}
    for _, places in readers:
        for place in places:
            counts[place] = counts.get(place, 0) + 1
    for subject, places in readers:
        for place in places:
            count = sum(counts.get(place[:length], 0) for length in range(1, len(place) + 1))
            if count > MOST_READERS:
                message = f"{show(place)} is read by {count} rules, with those that read what is around it"
                yield subject.error("fan_out", side, f"{message}; at most {MOST_READERS} may")
