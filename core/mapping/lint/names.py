"""Doubts about the names in paths."""

import re
from collections.abc import Iterator
from typing import Protocol
from unicodedata import is_normalized

import attrs

from core.mapping.anchors import resolve
from core.mapping.lint.sheet import Sheet
from core.mapping.lint.subject import Side, Subject
from core.mapping.model import Finding
from core.mapping.paths import EACH, OUTWARD, Steps, show, with_each


def check_names(sheet: Sheet) -> Iterator[Finding]:
    """All findings about names."""
    spelled: dict[tuple[Side, Steps, str], tuple[str, Subject]] = {}
    for subject in sheet.subjects:
        yield from _wrapped_twice(subject)
        yield from _record_twice(subject, sheet.rules.record)
        yield from _too_far_out(subject, sheet.rules.record)
        for spot in _spots(subject):
            yield from odd_names(spot)
            yield from _other_case(spot, spelled)


class NamedPlace(Protocol):
    """A place that is named somewhere in a mapping."""

    @property
    def place(self) -> Steps:
        """Its steps."""

    def warning(self, code: str, step: int, message: str, fix: str | None = None) -> Finding:
        """A doubt about one of its steps."""


def odd_names(named: NamedPlace) -> Iterator[Finding]:
    """A finding for each name that is probably meant otherwise, or hard to compare."""
    yield from _other_notation(named)
    yield from _odd_steps(named)


@attrs.frozen
class _Spot:
    """A place that a rule names: ours, or one of its sources."""

    subject: Subject
    side: Side
    place: Steps
    source: int = 0

    def warning(self, code: str, step: int, message: str, fix: str | None = None) -> Finding:
        """A doubt about one of its steps."""
        finding = self.subject.warning(code, self.side, message, fix)
        return self.subject.at(finding, self.side, step, self.source)


def _spots(subject: Subject) -> Iterator[_Spot]:
    if subject.rule.internal is not None:
        yield _Spot(subject, "internal", subject.rule.internal)
    for number, place in enumerate(subject.sources):
        yield _Spot(subject, "partner", place, number)


def _odd_steps(named: NamedPlace) -> Iterator[Finding]:
    place = named.place
    for number, step in enumerate(place):
        if not isinstance(step, str):
            continue
        if step.isascii():
            if step.isdigit() and number:
                instead = show((*place[:number], int(step[:4]), *place[number + 1 :]))
                message = f"{show(place)} names a member {step}; was the element [{step}] meant?"
                yield named.warning("number_like_name", number, message, f"write {instead}")
        elif not is_normalized("NFC", step):
            message = (
                f'"{step}" is not in Unicode\'s usual form NFC; names are compared code point by code point'
            )
            yield named.warning("not_nfc", number, message)


def _wrapped_twice(subject: Subject) -> Iterator[Finding]:
    """The wrapper is added to each path; a path that ends in it names it twice."""
    for place in subject.rule.places:
        wrapper = place.wraps[0]
        if wrapper and place.path[-len(wrapper) :] == wrapper and len(place.path) > len(wrapper):
            read, plain = show((*place.path, *wrapper)), show(place.path[: -len(wrapper)])
            message = f"with the wrapper this reads {read}: the wrapper is added to every path"
            yield subject.warning("wrapped_twice", "partner", message, f"write {plain}")


def _record_twice(subject: Subject, records: tuple[Steps, ...]) -> Iterator[Finding]:
    for place in subject.sources:
        twice = record_in(place, records)
        if twice is not None:
            yield subject.warning("record_twice", "partner", *twice)
            return


def record_in(place: Steps, records: tuple[Steps, ...]) -> tuple[str, str] | None:
    """What to say, and the fix, of a path that begins with the way to the record: paths start inside it."""
    for record in records:
        ends = [len(record), len(record) - 1] if record[-1] is EACH else [len(record)]
        for end in ends:
            rest = place[end:]
            if place[:end] == record[:end] and rest and isinstance(rest[0], str):
                message = f"{show(place)} is looked for inside the record, and the record is {show(record)}"
                return message, f"write {show(rest)}"
    return None


def _too_far_out(subject: Subject, records: tuple[Steps, ...]) -> Iterator[Finding]:
    for place in subject.rule.places:
        outside = too_far_out(place.path, records)
        if outside is not None:
            yield subject.warning("never_fires", "partner", outside)
            return


def too_far_out(path: Steps, records: tuple[Steps, ...]) -> str | None:
    """What to say of a path that leads out of every payload: around a record are the objects on its way."""
    outside, place = resolve(path)
    around = max((sum(isinstance(step, str) for step in record) for record in records), default=0)
    if outside <= around:
        return None
    shown = show((*(OUTWARD,) * outside, *place))
    return f"{shown} counts from the record and leaves the payload: around the record {_objects(around)}"


def _objects(count: int) -> str:
    return {0: "is no object", 1: "is one object"}.get(count, f"are {count} objects")


def _other_notation(named: NamedPlace) -> Iterator[Finding]:
    """`$.a`, `/a/b`, `{{a}}` are JSONPath, JSON Pointer, a template; here they name members called so."""
    place = named.place
    first = place[0] if place else None
    if not isinstance(first, str):
        return
    names = _in_other_notation(first)
    if names is None or not (rest := (*names, *place[1:])):
        return
    message = f'{show(place)} begins with a member called "{first}"; paths here are names and dots'
    yield named.warning("other_notation", 0, message, f"write {show(rest)}")


def _in_other_notation(first: str) -> Steps | None:
    """The names that a first name stands for elsewhere; None if it is an ordinary name."""
    if first[:1] not in ("$", "/", "{", "#"):
        return None
    if first == "$":
        return ()
    if first.startswith("/"):
        return tuple(name for name in first.split("/") if name)
    inner = first.lstrip("$#").strip("{}% ")
    return (inner,) if inner and re.fullmatch(r"[$#]?\{.*", first) else None


def _other_case(
    spot: _Spot, spelled: dict[tuple[Side, Steps, str], tuple[str, Subject]]
) -> Iterator[Finding]:
    plain, subject = with_each(spot.place), spot.subject
    for number, step in enumerate(spot.place):
        if not isinstance(step, str):
            continue
        name, other = spelled.setdefault((spot.side, plain[:number], step.casefold()), (step, subject))
        if name != step and other is not subject:
            message = f'"{step}" differs from "{name}" in rule {other.rule.id} only in case'
            yield spot.warning("differs_only_in_case", number, message)
