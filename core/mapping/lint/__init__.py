"""The linter: what is wrong or doubtful in a mapping whose paths and options can be read."""

from collections.abc import Iterator, Mapping

from core.mapping.lint.arrays import check_arrays
from core.mapping.lint.conditions import check_conditions
from core.mapping.lint.directions import RuleClass, check_directions, classify
from core.mapping.lint.fan_out import check_fan_out
from core.mapping.lint.lookups import check_lookups
from core.mapping.lint.names import check_names
from core.mapping.lint.options import check_options
from core.mapping.lint.required import check_required
from core.mapping.lint.schema import check_schema
from core.mapping.lint.schema_view import SchemaView
from core.mapping.lint.sheet import Sheet
from core.mapping.lint.targets import check_targets
from core.mapping.model import Finding, Json
from core.mapping.rules import RuleSet

__all__ = ["RuleClass", "check_rules", "classify"]


def check_rules(
    document: Mapping[str, Json],
    rules: RuleSet,
    schema: Mapping[str, Json] | None = None,
    looked_up: Mapping[str, Mapping[str, Json]] | None = None,
) -> list[Finding]:
    """Every finding about a mapping in long form and its rules; errors first."""
    found = _findings(document, rules, schema, looked_up or {})
    return sorted(found, key=lambda finding: finding.severity)


def _findings(
    document: Mapping[str, Json],
    rules: RuleSet,
    schema: Mapping[str, Json] | None,
    looked_up: Mapping[str, Mapping[str, Json]],
) -> Iterator[Finding]:
    sheet = Sheet.of(document, rules)
    view = None if schema is None else SchemaView(schema)
    yield from check_options(sheet)
    yield from check_targets(sheet)
    yield from check_arrays(sheet, view)
    yield from check_directions(sheet)
    yield from check_schema(sheet, view)
    yield from check_lookups(sheet, {name: SchemaView(one) for name, one in looked_up.items()})
    yield from check_required(sheet, view)
    yield from check_names(sheet)
    yield from check_conditions(rules)
    yield from check_fan_out(sheet)
