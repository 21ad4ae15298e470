"""Checks of the rules against our schema."""

from collections.abc import Iterator
from typing import Final

from core.mapping.codecs.choices import Choices
from core.mapping.equality import same
from core.mapping.lint.kinds import Kinds, kind_of, made_by
from core.mapping.lint.schema_view import SchemaView
from core.mapping.lint.sheet import Sheet
from core.mapping.lint.subject import Subject
from core.mapping.model import ABSENT, Finding
from core.mapping.paths import EACH, BadPath, Steps, parse, show

ROWS: Final[Steps] = ("inventory", EACH)
_FIXES: Final = {"gather": 'add "join" with the text between the values'}
_NUMBERS: Final = frozenset({"integer", "number"})


def check_schema(sheet: Sheet, schema: SchemaView | None) -> Iterator[Finding]:
    """All findings about places and kinds on our side."""
    if schema is not None and not schema.names and sheet.rules.unmapped_in == "pass":
        yield Finding(
            "error",
            "pass_without_schema",
            "",
            "unmapped",
            "fields without a rule may pass inbound only where our schema picks what it knows",
            fix='say "unmapped": {"in": "drop"}',
        )
        return
    for subject in sheet.subjects:
        view = _view(subject, schema)
        if view is None:
            yield _unknown(subject, schema)
        else:
            yield from _check(subject, view)
    yield from _identifier(sheet, schema)
    yield from _merges(sheet, schema)


def _view(subject: Subject, schema: SchemaView | None) -> SchemaView | None:
    """What our schema says about the rule's place; anything where there is no schema."""
    if schema is None or subject.rule.internal is None:
        return SchemaView({}, open=True)
    return schema.at(subject.rule.internal)


def _unknown(subject: Subject, schema: SchemaView | None) -> Finding:
    place: Steps = subject.rule.internal or ()
    known = schema
    number = 0
    while known is not None and number < len(place):
        last, known, number = known, known.step(place[number]), number + 1
    message = f"our side has no {show(place[:number])}; {_instead(last)}"
    meant = schema.nearest(place) if schema is not None else None
    fix = None if meant is None else f"the place on our side is {show(meant)}"
    if (inside := _without_repetition(place)) is not None:
        fix = f"inside the group write {show(inside)}"
    return subject.at(subject.error("unknown_internal", "internal", message, fix), "internal", number - 1)


def _without_repetition(place: Steps) -> Steps | None:
    """What follows a group's path that stands there twice, since a path inside the group repeats it."""
    ends = [end for end in range(1, len(place) // 2 + 1) if place[:end] == place[end : 2 * end]]
    return place[2 * ends[-1] :] or None if ends else None


def _instead(view: SchemaView) -> str:
    """What there is at a place."""
    if "array" in view.kinds:
        return "this is an array: write [] for each element, or [0] for the first"
    if not view.writable:
        return "nothing is inside"
    known = f"fields that can be written here: {', '.join(view.writable)}"
    open_names = [name for name in view.writable if view.is_open(name)]
    return f"{known}; anything else goes into {' or '.join(open_names)}" if open_names else known


def _check(subject: Subject, view: SchemaView) -> Iterator[Finding]:
    rule = subject.rule
    if view.read_only and rule.inbound and rule.internal is not None:
        yield subject.error(
            "not_writable",
            "internal",
            f"{_shown(subject)} is set by us and cannot be written",
            'say "direction": "out", or name a field that can be written',
        )
    made = made_by(rule)
    if rule.internal is not None and not _fits(made, view.kinds):
        member = _to_blame(subject)
        yield subject.error(
            "kind_clash",
            member,
            f"{_shown(subject)} is {_words(view.kinds)}, this rule makes {_words(made)}",
            _FIXES[member] if member in _FIXES else _fix_of_kind(view.kinds) if member == "type" else None,
        )
    yield from _default(subject, view, made)
    yield from _values(subject, view)


def _to_blame(subject: Subject) -> str:
    """The member that decides which kind the rule makes."""
    if subject.is_fixed:
        return "const"
    if isinstance(subject.rule.codec, Choices):
        return "values"
    if subject.rule.gather:
        return "gather"
    return "min" if subject.rule.minimum is not None and "type" not in subject.document else "type"


def _default(subject: Subject, view: SchemaView, made: Kinds) -> Iterator[Finding]:
    default = subject.rule.default
    if default is ABSENT or default is None:
        return
    kind = frozenset({kind_of(default)})
    due = view.kinds or made
    if not _fits(kind, due):
        yield subject.error(
            "default_kind", "default", f"the default is {_words(kind)}, the value is {_words(due)}"
        )


def _values(subject: Subject, view: SchemaView) -> Iterator[Finding]:
    codec = subject.rule.codec
    if not isinstance(codec, Choices):
        return
    if not codec.is_one_to_one:
        yield subject.warning(
            "many_to_one_values",
            "values",
            "a value stands in several pairs; in each direction the first pair counts",
        )
    reached = [internal for _, internal in codec.pairs]
    missed = [choice for choice in view.choices if not any(same(choice, value) for value in reached)]
    if missed:
        yield subject.warning("values_miss_schema", "values", f"no pair gives {', '.join(map(str, missed))}")


def _identifier(sheet: Sheet, schema: SchemaView | None) -> Iterator[Finding]:
    name = sheet.rules.identifier_field
    if name is None:
        return
    try:
        steps = parse(name).steps
    except BadPath as bad:
        yield Finding("error", bad.code, "", "identifier_field", bad.message, bad.column)
        return
    if not all(isinstance(step, str) for step in steps):
        message = f"{show(steps)}: a record is identified by a member of its own, named by names and dots"
        yield Finding("error", "bad_option", "", "identifier_field", message)
    elif schema is not None and schema.at(steps) is None:
        message = f"our side has no {show(steps)}; known are {', '.join(schema.names)}"
        yield Finding("error", "unknown_internal", "", "identifier_field", message)


def _shown(subject: Subject) -> str:
    return show(subject.rule.internal or ())


def _merges(sheet: Sheet, schema: SchemaView | None) -> Iterator[Finding]:
    """Rows are merged by fields that there are."""
    merges = [(merge.pair.internal, merge.merge) for merge in sheet.rules.merges]
    if sheet.rules.merge is not None:
        merges.append((ROWS, sheet.rules.merge))
    for rows, merge in merges:
        for names in (*merge.by, *merge.sum):
            if schema is not None and schema.at((*rows, *names)) is None:
                message = f"our side has no {show((*rows, *names))} to merge by or to add up"
                yield Finding("error", "unknown_internal", "", "merge", message)


def _fits(made: Kinds, due: Kinds) -> bool:
    """Whether some value made has a kind that is due."""
    if not made or not due or made & due:
        return True
    return bool(made & _NUMBERS) and "number" in due


def _words(kinds: Kinds) -> str:
    words = sorted(kinds or {"any value"})
    return " or ".join(f"{'an' if word[0] in 'aio' else 'a'} {word}" if kinds else word for word in words)


def _fix_of_kind(kinds: frozenset[str]) -> str | None:
    known = kinds & {"string", "integer", "number", "boolean", "object", "array"}
    return f'say "type": "{min(known)}"' if known else None
