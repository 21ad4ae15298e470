"""How many rules read one place: copies are free in memory, not when they are written down."""

from collections.abc import Iterable, Iterator
from typing import Final

from core.mapping.lint.sheet import Sheet
from core.mapping.lint.subject import Side, Subject
from core.mapping.model import Finding
from core.mapping.paths import Steps, show

MOST_READERS: Final = 8


def check_fan_out(sheet: Sheet) -> Iterator[Finding]:
    """A finding for each rule that reads what too many others read, or what is around it."""
    inbound = [(subject, subject.sources) for subject in sheet.subjects if subject.rule.inbound]
    outbound = [
        (subject, (subject.rule.internal,))
        for subject in sheet.subjects
        if subject.rule.outbound and subject.rule.internal is not None
    ]
    yield from _crowded("partner", inbound)
    yield from _crowded("internal", outbound)


def _crowded(side: Side, readers: Iterable[tuple[Subject, tuple[Steps, ...]]]) -> Iterator[Finding]:
    readers = [(subject, places) for subject, places in readers if not subject.is_fixed]
    counts: dict[Steps, int] = {}
    for _, places in readers:
        for place in dict.fromkeys(places):
            counts[place] = counts.get(place, 0) + 1
    for subject, places in readers:
        for place in dict.fromkeys(places):
            count = sum(counts.get(place[:length], 0) for length in range(1, len(place) + 1))
            if count > MOST_READERS:
                message = f"{show(place)} is read by {count} rules, with those that read what is around it"
                yield subject.error("fan_out", side, f"{message}; at most {MOST_READERS} may")
