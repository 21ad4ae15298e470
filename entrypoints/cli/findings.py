"""What the linter says of a mapping, for scripts and for people."""

from collections.abc import Sequence

from core.entities.json import JsonObject
from core.mapping.model import Finding


def finding_document(finding: Finding) -> JsonObject:
    """A finding with all its members."""
    return {
        "severity": finding.severity,
        "code": finding.code,
        "rule": finding.rule,
        "member": finding.member,
        "column": finding.column,
        "message": finding.message,
        "fix": finding.fix,
    }


def describe_findings(findings: Sequence[Finding]) -> list[str]:
    """A line for each finding, and one more where there is a fix."""
    return [line for finding in findings for line in _describe(finding)]


def _describe(finding: Finding) -> list[str]:
    column = "" if finding.column is None else f", column {finding.column}"
    rule = f"rule {finding.rule}" if finding.rule else "the mapping"
    where = f"{rule}, {finding.member}{column}" if finding.member else rule
    lines = [f"{finding.severity}: {finding.code}: {where}: {finding.message}"]
    return lines if finding.fix is None else [*lines, f"    fix: {finding.fix}"]
