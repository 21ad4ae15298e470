"""Doubts about single elements of arrays that are mapped as a whole, and about alternatives across arrays."""

from collections.abc import Iterator, Set

from core.mapping.lint.schema_view import SchemaView
from core.mapping.lint.sheet import Sheet, Written, arrays_in, target
from core.mapping.lint.subject import Subject
from core.mapping.model import Finding
from core.mapping.paths import EACH, SAME, Steps, show, with_each


def check_arrays(sheet: Sheet, schema: SchemaView | None) -> Iterator[Finding]:
    """All findings about elements."""
    mapped = {array for written in sheet.ways for array in (*written.sources, *_origins(written))}
    for subject in sheet.subjects:
        yield from _headers(subject, mapped)
        for written in sheet.ways:
            yield from _lost(subject, written, schema)
        yield from _foreign_alternatives(subject)


def _origins(written: Written) -> Iterator[Steps]:
    for origins in written.sources.values():
        yield from origins


def _headers(subject: Subject, mapped: Set[Steps]) -> Iterator[Finding]:
    if subject.rule.direction == "out":
        return
    for source, place in enumerate(subject.sources):
        for number, array in arrays_in(place):
            if array[-1] == 0 and with_each(array) in mapped:
                instead = show((*array[:-1], SAME, *place[number + 1 :]))
                finding = subject.warning(
                    "repeated_header",
                    "partner",
                    f"{show(place)} looks at the first element only, while rules map all of"
                    f" {show(with_each(array))}; a value that every element repeats is read with [=]",
                    f"write {instead}",
                )
                yield subject.at(finding, "partner", number, source)


def _lost(subject: Subject, written: Written, schema: SchemaView | None) -> Iterator[Finding]:
    place = target(subject, written.side)
    for number, array in arrays_in(place or ()):
        if array[-1] is EACH or not written.builds(array) or _never_empty(written, array, schema):
            continue
        must = written.side == "partner" and subject.rule.required
        message = f"{show(place or ())} is lost when {show(with_each(array))} is empty"
        stronger = ", although the rule is required" if must else ""
        yield subject.at(
            subject.warning("lost_when_empty", written.side, message + stronger), written.side, number
        )


def _never_empty(written: Written, array: Steps, schema: SchemaView | None) -> bool:
    """Whether our schema asks for at least one element of the array, or of the one it is built from."""
    if schema is None:
        return False
    ours = [with_each(array)] if written.side == "internal" else list(written.sources[with_each(array)])
    return all(schema.never_empty(steps[:-1]) for steps in ours)


def _foreign_alternatives(subject: Subject) -> Iterator[Finding]:
    """Alternatives go through the same arrays, as far as these are paired."""
    rule = subject.rule
    if not rule.alternatives or subject.is_fixed:
        return
    first, *others = (place.path for place in rule.places)
    shared = rule.pairs[-1].partner if rule.pairs else ()
    for path in others:
        if path[: len(shared)] != shared or path.count(EACH) != first.count(EACH):
            yield subject.error(
                "alternatives_differ_in_array",
                "partner",
                f"the alternative {show(path)} goes through other arrays than {show(first)}",
            )
