"""Doubts about the names in paths."""

from collections.abc import Iterable, Iterator
from unicodedata import is_normalized

from core.mapping.lint.sheet import Sheet, with_each
from core.mapping.lint.subject import Side, Subject
from core.mapping.model import Finding
from core.mapping.paths import Steps, show


def check_names(sheet: Sheet) -> Iterator[Finding]:
    """All findings about names."""
    spelled: dict[tuple[Side, Steps, str], tuple[str, Subject]] = {}
    for subject in sheet.subjects:
        yield from _wrapped_twice(subject)
        for side, place in _places(subject):
            yield from _other_notation(subject, side, place)
            yield from _odd_names(subject, side, place)
            yield from _other_case(subject, side, place, spelled)


def _places(subject: Subject) -> Iterable[tuple[Side, Steps]]:
    if subject.rule.internal is not None:
        yield "internal", subject.rule.internal
    for place in subject.sources:
        yield "partner", place


def _odd_names(subject: Subject, side: Side, place: Steps) -> Iterator[Finding]:
    for number, step in enumerate(place):
        if not isinstance(step, str):
            continue
        if step.isascii():
            if step.isdigit() and number:
                instead = show((*place[:number], int(step[:4]), *place[number + 1 :]))
                message = f"{show(place)} names a member {step}; was the element [{step}] meant?"
                finding = subject.warning("number_like_name", side, message, f"write {instead}")
                yield subject.at(finding, side, number)
        elif not is_normalized("NFC", step):
            message = (
                f'"{step}" is not in Unicode\'s usual form NFC; names are compared code point by code point'
            )
            yield subject.at(subject.warning("not_nfc", side, message), side, number)


def _wrapped_twice(subject: Subject) -> Iterator[Finding]:
    """The wrapper is added to each path; a path that ends in it names it twice."""
    for place in subject.rule.places:
        wrapper = place.wraps[0]
        if wrapper and place.path[-len(wrapper) :] == wrapper and len(place.path) > len(wrapper):
            read, plain = show((*place.path, *wrapper)), show(place.path[: -len(wrapper)])
            message = f"with the wrapper this reads {read}: the wrapper is added to every path"
            yield subject.warning("wrapped_twice", "partner", message, f"write {plain}")


def _other_notation(subject: Subject, side: Side, place: Steps) -> Iterator[Finding]:
    """`$.a` and `/a/b` are JSONPath and JSON Pointer; here they name members called so."""
    first = place[0] if place else None
    if first == "$" and len(place) > 1:
        instead = show(place[1:])
    elif isinstance(first, str) and first.startswith("/"):
        instead = show((*first[1:].split("/"), *place[1:]))
    else:
        return
    message = f'{show(place)} begins with a member called "{first}"; paths here are names and dots'
    yield subject.at(subject.warning("other_notation", side, message, f"write {instead}"), side, 0)


def _other_case(
    subject: Subject, side: Side, place: Steps, spelled: dict[tuple[Side, Steps, str], tuple[str, Subject]]
) -> Iterator[Finding]:
    plain = with_each(place)
    for number, step in enumerate(place):
        if not isinstance(step, str):
            continue
        name, other = spelled.setdefault((side, plain[:number], step.casefold()), (step, subject))
        if name != step and other is not subject:
            message = f'"{step}" differs from "{name}" in rule {other.rule.id} only in case'
            yield subject.at(subject.warning("differs_only_in_case", side, message), side, number)
