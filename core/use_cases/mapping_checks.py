"""A mapping examined before it is saved: what the linter finds, and how faithful each rule is."""

from collections.abc import Sequence

import attrs

from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.mapping.lint import RuleClass, classify
from core.mapping.lint.samples import check_samples
from core.mapping.mapping import FieldMapping
from core.mapping.model import Finding
from core.mapping.paths import show
from core.mapping.rules import Rule
from core.use_cases.mappings import check_mapping


@attrs.frozen
class CheckedRule:
    """A rule with its places, and how faithfully it maps there and back."""

    id: str
    partner: Sequence[str]
    internal: str | None
    kind: RuleClass


@attrs.frozen
class Checked:
    """A mapping that can be used: the linter's doubts, and its rules."""

    mapping: FieldMapping
    findings: Sequence[Finding]
    rules: Sequence[CheckedRule]


def examine_mapping(
    document: JsonObject, samples: Sequence[Json] = (), resource: Resource | None = None
) -> Checked:
    """Check a mapping as saving it would, and against the partner's sample payloads.

    BadSetting and MappingRefused as by `check_mapping`.
    """
    mapping = check_mapping(document, resource)
    schema = DESCRIPTIONS[Resource(mapping.resource or str(resource))].schema()
    findings = (*mapping.warnings, *check_samples(mapping.rules, samples, schema))
    return Checked(mapping, findings, [_checked(rule) for rule in mapping.rules.rules])


def _checked(rule: Rule) -> CheckedRule:
    internal = None if rule.internal is None else show(rule.internal)
    return CheckedRule(rule.id, [show(place.path) for place in rule.places], internal, classify(rule))
