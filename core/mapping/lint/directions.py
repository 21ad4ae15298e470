"""What a rule is in reverse: which can be undone, which lose something, and in which class each is."""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from core.mapping.alternatives import is_one_way
from core.mapping.codecs.choices import Choices
from core.mapping.codecs.codec import Copy, OfKind
from core.mapping.lint.sheet import Sheet
from core.mapping.lint.subject import Subject
from core.mapping.model import ABSENT, Finding
from core.mapping.paths import EACH, OUTWARD, SAME, Steps, show
from core.mapping.rules import Rule

RuleClass: TypeAlias = Literal["exact", "normalising", "first of many", "one-way"]

_SAY_IN: Final = 'say "direction": "in"'


def classify(rule: Rule) -> RuleClass:
    """How faithfully a rule maps there and back."""
    if rule.direction != "both" or rule.const is not ABSENT:
        return "one-way"
    if len(rule.alternatives) > 1:
        return "first of many"
    return "normalising" if _has_spellings(rule) else "exact"


def _has_spellings(rule: Rule) -> bool:
    """Whether several partner values become one of ours."""
    exact = isinstance(rule.codec, Copy | OfKind) or (
        isinstance(rule.codec, Choices) and rule.codec.is_one_to_one
    )
    (place,) = rule.places
    return (
        not exact
        or place.text is not None
        or len(place.wraps) > 1
        or rule.minimum is not None
        or rule.nulls == "absent"
        or rule.default is not ABSENT
        or SAME in place.path
    )


def check_directions(sheet: Sheet) -> Iterator[Finding]:
    """All findings about going back."""
    covered = {subject.rule.internal for subject in sheet.subjects if subject.rule.direction == "out"}
    for subject in sheet.subjects:
        reason = _irreversible(subject, sheet)
        place = subject.internal_target or ()
        if _has_negative(place) and subject.rule.direction == "in":
            message = f"{show(place)} counts from the end; what is written counts from the start"
            yield subject.error("not_invertible", "internal", message, "count from [0]")
        if reason is not None and subject.rule.direction != "in":
            yield subject.error("not_invertible", "direction", f"{reason}; it cannot be reversed", _SAY_IN)
        elif subject.rule.direction == "in" and not subject.is_fixed and subject.rule.internal not in covered:
            because = reason or "this rule says so"
            yield subject.warning("one_way", "direction", f"outbound nothing is written: {because}")


def _irreversible(subject: Subject, sheet: Sheet) -> str | None:
    """Why a rule can only be read inwards."""
    rule = subject.rule
    if rule.total or rule.gather or rule.separator is not None:
        return "several values become one"
    if rule.test is not None:
        return "a test cannot be turned into values"
    if any(pair.partner.count(EACH) != pair.internal.count(EACH) for pair in rule.pairs):
        return "flattened rows cannot be nested again"
    if any(merge.pair in rule.pairs for merge in sheet.rules.merges):
        return "merged rows cannot be taken apart"
    return _irreversible_place(rule)


def _irreversible_place(rule: Rule) -> str | None:
    if rule.internal is not None and _has_negative(rule.internal) and rule.inbound:
        return f"{show(rule.internal)} counts from the end"
    if not rule.alternatives:
        return None
    path = rule.places[0].path
    if not is_one_way(rule.alternatives[0]):
        return f"{show(path)} counts from the end" if _has_negative(path) else None
    if OUTWARD in path:
        return "^ is only read"
    return "its text, join or where cannot be undone"


def _has_negative(path: Steps) -> bool:
    return any(isinstance(step, int) and step < 0 for step in path)
