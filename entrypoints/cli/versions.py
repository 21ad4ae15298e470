"""What the command line says of a version of a mapping, for scripts."""

from collections.abc import Sequence

from core.entities.field_mapping import MappingVersion
from core.entities.json import JsonObject
from core.entities.timestamp import show_time
from core.mapping.model import Finding
from core.use_cases.mapping_versions import HistoryEntry
from entrypoints.cli.findings import finding_document


def version_document(version: MappingVersion) -> JsonObject:
    """A version without its rules."""
    return {
        "partner": version.partner,
        "resource": version.resource.value,
        "version": version.version,
        "content_hash": version.content_hash,
        "created_at": show_time(version.created_at),
        "author": version.author,
        "note": version.note,
    }


def saved_document(version: MappingVersion, findings: Sequence[Finding]) -> JsonObject:
    """A version that was just saved, with the linter's doubts."""
    return {**version_document(version), "findings": [finding_document(finding) for finding in findings]}


def entry_document(entry: HistoryEntry) -> JsonObject:
    """A version with its place in the history."""
    published = entry.publication
    return {
        **version_document(entry.version),
        "state": entry.state.value,
        "published_at": None if published is None else show_time(published.published_at),
        "published_by": None if published is None else published.author,
        "publication_note": None if published is None else published.note,
    }
