"""`datamingle mappings history, draft, publish, restore`: the versions of a mapping."""

import click

from core.entities.field_mapping import MappingVersion
from core.entities.resource import Resource
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.mapping_versions import HistoryEntry, RestoreMapping, mapping_history, restore_mapping
from core.use_cases.mappings import PublishMapping, SaveMapping, check_mapping, draft_mapping, publish_mapping
from core.use_cases.partners import find_partner
from entrypoints.cli.authoring import authored
from entrypoints.cli.console import Console
from entrypoints.cli.documents import read_object
from entrypoints.cli.findings import describe_findings
from entrypoints.cli.options import MAX_INTEGER, example, operation, resource_argument
from entrypoints.cli.tables import Cell, table
from entrypoints.cli.versions import entry_document, saved_document, version_document

_version = click.argument("version", type=click.IntRange(1, MAX_INTEGER))
_HEADINGS = ("VERSION", "STATE", "SAVED", "AUTHOR", "IN USE SINCE", "PUBLISHED BY", "NOTE")


@click.command(epilog=example("datamingle mappings history acme orders"))
@click.argument("slug")
@resource_argument
@operation
def history(console: Console, slug: str, resource: Resource) -> None:
    """List the versions of the mapping of the partner SLUG for RESOURCE, newest first."""
    found = console.read(lambda work: mapping_history(work, slug, resource))
    console.answer([entry_document(entry) for entry in found], table(_HEADINGS, map(_row, found)))


@click.command(epilog=example("datamingle mappings draft acme orders acme-orders.json --note 'with lots'"))
@click.argument("slug")
@resource_argument
@click.argument("file")
@authored
@operation
def draft(console: Console, slug: str, resource: Resource, file: str, author: str, note: str | None) -> None:
    """Check the mapping in FILE (- is standard input) and save it as a version that is not in use."""
    document = read_object(file)
    findings = check_mapping(document, resource).warnings
    command = SaveMapping(slug, resource, document, author, note)

    def save(work: UnitOfWork) -> MappingVersion:
        find_partner(work, slug)
        return draft_mapping(work, command)

    version = console.run(save)
    told = f"Version {version.version} of the mapping of {slug} for {resource} is saved; it is not in use."
    console.answer(saved_document(version, findings), "\n".join([*describe_findings(findings), told]))


@click.command(epilog=example("datamingle mappings publish acme orders 4"))
@click.argument("slug")
@resource_argument
@_version
@authored
@operation
def publish(
    console: Console, slug: str, resource: Resource, version: int, author: str, note: str | None
) -> None:
    """Put the draft VERSION into use, from the next call on."""
    command = PublishMapping(slug, resource, version, author, note)
    published = console.run(lambda work: publish_mapping(work, command))
    console.answer(
        version_document(published), f"Version {version} of the mapping of {slug} for {resource} is in use."
    )


@click.command(epilog=example("datamingle mappings restore acme orders 2"))
@click.argument("slug")
@resource_argument
@_version
@authored
@operation
def restore(
    console: Console, slug: str, resource: Resource, version: int, author: str, note: str | None
) -> None:
    """Put the mapping of an earlier VERSION into use again, as a new version."""
    command = RestoreMapping(slug, resource, version, author, note)
    restored = console.run(lambda work: restore_mapping(work, command))
    told = f"Version {restored.version} of the mapping of {slug} for {resource}, as {version} was, is in use."
    console.answer(version_document(restored), told)


def _row(entry: HistoryEntry) -> tuple[Cell, ...]:
    version, published = entry.version, entry.publication
    since = (None, None) if published is None else (published.published_at, published.author)
    note = published.note if published is not None and published.note else version.note
    return (version.version, entry.state.value, version.created_at, version.author, *since, note)
