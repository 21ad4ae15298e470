"""What tells two mappings apart, for scripts and for people."""

import json
from collections.abc import Iterator, Mapping, Sequence

from core.entities.json import Json, JsonObject
from core.mapping.diff import MemberChange, RulesDiff
from core.mapping.model import ABSENT, Absent
from core.mapping.paths import show
from core.mapping.sample_diff import SampleDiff, TargetChange, WrittenLeaf
from core.mapping.shown import shown
from core.mapping.written_rules import WrittenRule
from core.use_cases.mapping_differences import MappingDifference
from entrypoints.cli.tables import Cell, table
from entrypoints.cli.trials import error_document


def difference_document(difference: MappingDifference, files: Sequence[str]) -> JsonObject:
    """Everything that differs; a member or a value that is not there is left out."""
    rules = difference.rules
    return {
        "before": difference.before,
        "after": difference.after,
        "settings": [_member_document(change) for change in rules.settings],
        "added": [_rule_document(rule) for rule in rules.added],
        "removed": [_rule_document(rule) for rule in rules.removed],
        "changed": [
            {"place": change.place, "members": [_member_document(member) for member in change.members]}
            for change in rules.changed
        ],
        "samples": [
            _sample_document(sample, file) for sample, file in zip(difference.samples, files, strict=True)
        ],
    }


def describe_difference(difference: MappingDifference, files: Sequence[str]) -> str:
    """The versions, a table of the rules that differ, and one of the targets for each sample."""
    heading = f"{_side(difference.before)} -> {_side(difference.after)}"
    parts = [heading, _rules_table(difference.rules)]
    for sample, file in zip(difference.samples, files, strict=True):
        parts.append(f"{file}\n{_sample_table(sample)}")
    return "\n\n".join(parts)


def _side(number: int | None) -> str:
    return "the mapping in the file" if number is None else f"version {number}"


def _rules_table(rules: RulesDiff) -> str:
    rows = [*_rule_rows(rules)]
    return (
        table(("PLACE", "CHANGE", "MEMBER", "BEFORE", "AFTER"), rows) if rows else "The rules are the same."
    )


def _rule_rows(rules: RulesDiff) -> Iterator[Sequence[Cell]]:
    for member in rules.settings:
        yield "(the mapping)", "changed", *_member_cells(member)
    for change in rules.changed:
        for member in change.members:
            yield change.place, "changed", *_member_cells(member)
    for rule in rules.added:
        yield rule.place, "added", "", "", _text(dict(rule.members))
    for rule in rules.removed:
        yield rule.place, "removed", "", _text(dict(rule.members)), ""


def _member_cells(change: MemberChange) -> tuple[Cell, Cell, Cell]:
    return change.member, _text(change.before), _text(change.after)


def _sample_table(sample: SampleDiff) -> str:
    lines = [f"refused now: {error.message}" for error in sample.new_errors]
    lines += [f"refused no more: {error.message}" for error in sample.gone_errors]
    if sample.targets:
        headings = ("TARGET", "CHANGE", "BEFORE", "AFTER", "RULE")
        lines.append(table(headings, map(_target_row, sample.targets)))
    return "\n".join(lines) if lines else "Both make the same of it."


def _target_row(change: TargetChange) -> Sequence[Cell]:
    target = show(change.target)
    if change.record is not None:
        target = f"record {change.record}: {target}"
    before, after = (None if leaf is None else shown(leaf.shown) for leaf in (change.before, change.after))
    return target, change.kind, before, after, _cause(change)


def _cause(change: TargetChange) -> str | None:
    leaf = change.after or change.before
    return None if leaf is None else leaf.rule or leaf.how


def _text(value: Json | Absent) -> str:
    return "" if value is ABSENT else json.dumps(value, ensure_ascii=False)


def _member_document(change: MemberChange) -> JsonObject:
    sides = {"before": change.before, "after": change.after}
    return {
        "member": change.member,
        **{name: value for name, value in sides.items() if value is not ABSENT},
    }


def _rule_document(rule: WrittenRule) -> JsonObject:
    return {"place": rule.place, "rule": dict(rule.members)}


def _sample_document(sample: SampleDiff, file: str) -> JsonObject:
    return {
        "file": file,
        "targets": [_target_document(change) for change in sample.targets],
        "new_errors": [error_document(error) for error in sample.new_errors],
        "gone_errors": [error_document(error) for error in sample.gone_errors],
    }


def _target_document(change: TargetChange) -> JsonObject:
    sides: Mapping[str, WrittenLeaf | None] = {"before": change.before, "after": change.after}
    return {
        "record": change.record,
        "target": show(change.target),
        "change": change.kind,
        "rule": _cause(change),
        **{
            name: {"value": leaf.shown, "rule": leaf.rule, "how": leaf.how}
            for name, leaf in sides.items()
            if leaf is not None
        },
    }
