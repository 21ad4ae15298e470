"""Checks of look-ups against the schema of the records that they find."""

from collections.abc import Iterator, Mapping

from core.mapping.lint.schema_view import SchemaView
from core.mapping.lint.sheet import Sheet
from core.mapping.lint.subject import Subject
from core.mapping.model import Finding
from core.mapping.paths import Steps, parse, show


def check_lookups(sheet: Sheet, looked_up: Mapping[str, SchemaView]) -> Iterator[Finding]:
    """A finding for each look-up by what is no field that identifies a record."""
    for subject in sheet.subjects:
        by = subject.rule.lookup
        view = None if by is None else looked_up.get(by.resource)
        if by is not None and view is not None:
            yield from _field(subject, by.resource, by.by, view)


def _field(subject: Subject, resource: str, by: str, view: SchemaView) -> Iterator[Finding]:
    steps = parse(by).steps
    found = view.at(steps)
    if found is not None and (found.open or _is_text(found)):
        return
    known = [name for name in view.names if _is_text(view.step(name))]
    inside = [name for name in view.names if view.is_open(name)]
    listed = ", ".join(known) + (f", or a path into {' or '.join(inside)}" if inside else "")
    fix = f'write "by": "{inside[0]}.{show(steps)}"' if len(inside) == 1 and _may_be_inside(steps) else None
    message = f"{resource} are found by a text of theirs, not by {show(steps)}: {listed}"
    yield subject.error("unknown_internal", "lookup", message, fix)


def _is_text(view: SchemaView | None) -> bool:
    if view is None or "string" not in view.kinds:
        return False
    return view.schema.get("format") in (None, "uuid")


def _may_be_inside(steps: Steps) -> bool:
    return len(steps) == 1 and isinstance(steps[0], str)
