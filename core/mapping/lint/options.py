"""Checks of options that a document may have, but not together or not here."""

from collections.abc import Iterator

from core.mapping.codecs.codec import Copy
from core.mapping.codecs.numbers import Integer, Money, Number
from core.mapping.lint.sheet import Sheet, target
from core.mapping.lint.subject import Side, Subject
from core.mapping.model import Finding
from core.mapping.paths import EACH, OUTWARD, Keyed, Prefix, Steps, show

_SAY_NOTHING_WITH_CONST = (
    *("type", "as", "scale", "values", "required", "default", "nulls", "text", "join", "min"),
    *("total", "gather", "where", "pairs", "test", "lookup", "empty"),
)
_CHANGES_VALUES = (
    *("type", "as", "scale", "values", "text", "default", "join"),
    *("min", "total", "gather", "pairs", "lookup"),
)


def check_options(sheet: Sheet) -> Iterator[Finding]:
    """All findings about options."""
    seen: set[str] = set()
    for subject in sheet.subjects:
        if subject.rule.id in seen:
            yield subject.error("bad_option", "id", f'another rule is called "{subject.rule.id}" too')
        seen.add(subject.rule.id)
        if OUTWARD in (subject.rule.internal or ()):
            yield subject.error("bad_option", "internal", "^ stands on the partner's side only")
        yield from _fixed(subject) if subject.is_fixed else _mapped(subject)
        yield from _prefixes(subject)
        yield from _ends(subject)
    yield from _record(sheet)


def _record(sheet: Sheet) -> Iterator[Finding]:
    for steps in sheet.rules.record:
        if any(not isinstance(step, str | int) and step is not EACH for step in steps):
            message = f"{show(steps)}: a record is found by names, indexes and []"
            yield Finding("error", "bad_option", "", "record", message)


def _fixed(subject: Subject) -> Iterator[Finding]:
    rule = subject.rule
    if rule.expect and rule.internal is not None:
        yield subject.error("bad_option", "expect", "expect goes with a const on the partner's side")
    if rule.direction == ("out" if rule.internal is not None else "in") and not rule.expect:
        yield subject.error("bad_option", "direction", "in this direction a const here is never written")
    for member in _SAY_NOTHING_WITH_CONST:
        if member in subject.document:
            yield subject.warning(
                "bad_option", member, f"{member} says nothing about a fixed value", "leave it out"
            )


def _mapped(subject: Subject) -> Iterator[Finding]:
    rule = subject.rule
    for member in ("always", "expect"):
        if member in subject.document:
            yield subject.error("bad_option", member, f"{member} goes with const")
    if rule.nulls == "absent" and rule.internal is not None and rule.internal[-1:] == (EACH,):
        message = f"{show(rule.internal)} would shift its elements if nulls were left out"
        yield subject.error("bad_option", "nulls", message, 'say "nulls": "keep" or "reject"')
    yield from _elements(subject)


def _elements(subject: Subject) -> Iterator[Finding]:
    """Options that are about the elements of an array, or about figures."""
    rule = subject.rule
    if rule.where is not None and not (rule.gather or rule.total):
        message = "where goes with gather or total, with an alternative, or with a group"
        yield subject.error("bad_option", "where", message)
    if rule.separator is not None and not rule.gather and len(rule.places) == 1:
        message = "join puts several places together, and this is one"
        yield subject.warning("bad_option", "join", message, 'write a list of paths, or leave "join" out')
    if rule.total and rule.separator is not None:
        yield subject.error("bad_option", "join", "join makes a text, and total a number", 'leave "join" out')
    if rule.gather and rule.total:
        yield subject.error("bad_option", "gather", "gather and total exclude each other")
    if rule.name_and_value is not None:
        for member in ("join", "total", "gather", "min"):
            if member in subject.document:
                yield subject.error("bad_option", member, f"pairs make an object, which has no {member}")
    figures = "total" if rule.total else "min" if rule.minimum is not None else None
    if figures is not None and not isinstance(rule.codec, Copy | Integer | Number | Money):
        yield subject.error("bad_option", figures, f"{figures} goes with numbers", 'say "type": "number"')


def _ends(subject: Subject) -> Iterator[Finding]:
    """A value stands in a member: not in an object around, and not in an element chosen by its key."""
    for place in subject.rule.places:
        if place.path[-1:] == (OUTWARD,):
            message = "^ is the object around; its member has to be named"
            yield subject.error("bad_path", "partner", message, "write ^.name")
    sides: tuple[Side, ...] = ("partner", "internal")
    for side in sides:
        steps = target(subject, side) or ()
        if steps and isinstance(steps[-1], Keyed):
            message = f"{show(steps)} is an element that carries its key; its member has to be named"
            yield subject.at(subject.error("bad_path", side, message), side, len(steps) - 1)


def _prefixes(subject: Subject) -> Iterator[Finding]:
    """`U_*` and arrays of pairs are passed on as they are, to the rest of an object."""
    rule = subject.rule
    copies = any(_last_is_prefix(place.path) for place in rule.places)
    if rule.internal is not None and _last_is_prefix(rule.internal):
        if not copies and rule.name_and_value is None:
            message = f"{show(rule.internal)} takes members from a prefix such as U_*, or from pairs"
            yield subject.error("bad_option", "internal", message)
        elif rule.internal[-1] != Prefix(""):
            yield subject.error("bad_option", "internal", "the members keep their names: end the path in .*")
    elif copies:
        yield subject.error(
            "bad_option", "internal", "a prefix is passed on to an object: end the path in .*"
        )
    if copies:
        yield from _passed_on(subject)


def _passed_on(subject: Subject) -> Iterator[Finding]:
    """What a prefix names keeps its value and its name."""
    for member in _CHANGES_VALUES:
        if member in subject.document:
            message = f"{member} changes a value; what a prefix names is passed on as it is"
            yield subject.error("bad_option", member, message, "leave it out")
    places = subject.rule.places
    if "text" not in subject.document and any(place.text is not None for place in places):
        message = "text changes a value; what a prefix names is passed on as it is"
        yield subject.error("bad_option", "partner", message, "leave it out")
    if len({_beginning(place.path) for place in places}) > 1:
        message = "what one rule passes on are names that begin alike"
        yield subject.error("bad_option", "partner", message, "write a rule for each prefix")


def _beginning(path: Steps) -> str | None:
    return path[-1].beginning if path and isinstance(path[-1], Prefix) else None


def _last_is_prefix(path: Steps) -> bool:
    return bool(path) and isinstance(path[-1], Prefix)
