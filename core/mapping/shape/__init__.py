"""The format of a stored mapping: which members there are, of which kinds, and how large they may be."""

from core.mapping.model import Finding, Json
from core.mapping.shape.grammar import FORMAT, mapping
from core.mapping.shape.kinds import Blame
from core.mapping.shape.sizes import DEEPEST_DOCUMENT, check_sizes, is_too_deep

__all__ = ["FORMAT", "check_shape"]


def check_shape(document: Json) -> list[Finding]:
    """What keeps a document from being a mapping, before its paths and options are looked at."""
    findings: list[Finding] = []
    blame = Blame(findings)
    if is_too_deep(document):
        blame.error(f"a mapping nests at most {DEEPEST_DOCUMENT} levels deep", "too_large")
        return findings
    mapping(document, blame)
    if isinstance(document, dict) and not findings:
        check_sizes(document, blame)
    return findings
