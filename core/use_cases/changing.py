"""How a change meets a record: what is sent is set, null clears, open objects are replaced or merged."""

from collections.abc import Mapping

import attrs

from core.entities.json import Json, JsonObject
from core.errors import Problem, ValidationFailed
from core.mapping.equality import same
from core.use_cases.commands import UNSET


def apply_change(record: object, change: attrs.AttrsInstance, *, replace: bool) -> bool:
    """Set what the change holds; tell whether anything differs. `replace` as in `Call`."""
    changed = False
    for field in attrs.fields(type(change)):
        value = getattr(change, field.name)
        if value is UNSET:
            continue
        current = getattr(record, field.name)
        if isinstance(current, dict):
            value = _open_object(current, value, replace=replace)
        if _differs(value, current):
            setattr(record, field.name, value)
            changed = True
    return changed


def _differs(value: object, current: object) -> bool:
    """Python calls false and 0 equal, JSON does not."""
    return value != current or (
        isinstance(value, dict) and isinstance(current, dict) and not same(value, current)
    )


def _open_object(current: JsonObject, value: JsonObject | None, *, replace: bool) -> JsonObject:
    if value is None:
        return {}
    return value if replace else merge_patch(current, value)


def merge_patch(target: JsonObject, patch: JsonObject) -> JsonObject:
    """The target with the patch merged in, a null removing a member (RFC 7396)."""
    merged = dict(target)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            inner = merged.get(name)
            merged[name] = merge_patch(inner if isinstance(inner, dict) else {}, value)
        else:
            merged[name] = value
    return merged


def refuse_fixed(document: Json, values: Mapping[str, str]) -> None:
    """A fixed field may be sent with the value it has; with another it is refused."""
    if not isinstance(document, dict):
        return
    problems = [
        Problem((name,), "FIXED", f'cannot be changed; it is "{value}"', masked="cannot be changed")
        for name, value in values.items()
        if name in document and document[name] != value
    ]
    if problems:
        raise ValidationFailed(problems=problems)
