"""`datamingle mappings`: field mappings shown, published and checked."""

from collections.abc import Sequence

import click

from core.entities.field_mapping import MappingVersion
from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.mapping.model import Finding, MappingRefused
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.mapping_checks import Checked, CheckedRule, examine_mapping
from core.use_cases.mappings import SaveMapping, check_mapping, current_mapping, find_version, save_mapping
from core.use_cases.partners import find_partner
from entrypoints.cli.authoring import authored
from entrypoints.cli.console import Console
from entrypoints.cli.documents import read_json, read_object, show_json
from entrypoints.cli.findings import describe_findings, finding_document
from entrypoints.cli.mapping_diff import diff
from entrypoints.cli.mapping_trials import try_payload
from entrypoints.cli.mapping_versions import draft, history, publish, restore
from entrypoints.cli.options import MAX_INTEGER, example, operation, resource_argument
from entrypoints.cli.tables import table
from entrypoints.cli.versions import saved_document


@click.group()
def mappings() -> None:
    """Field mappings: show, set, check, try, and their versions."""


for command in (try_payload, history, diff, draft, publish, restore):
    mappings.add_command(command)


@mappings.command(epilog=example("datamingle mappings show acme orders"))
@click.argument("slug")
@resource_argument
@click.option("--version", type=click.IntRange(1, MAX_INTEGER), help="Another version than the one in use.")
@operation
def show(console: Console, slug: str, resource: Resource, version: int | None) -> None:
    """Show the mapping that the partner SLUG uses for RESOURCE, as `set` reads it."""
    found = console.read(lambda work: _find(work, slug, resource, version))
    console.answer(found.document, show_json(found.document, for_scripts=False))


@mappings.command("set", epilog=example("datamingle mappings set acme orders acme-orders.json"))
@click.argument("slug")
@resource_argument
@click.argument("file")
@authored
@operation
def set_mapping(
    console: Console, slug: str, resource: Resource, file: str, author: str, note: str | None
) -> None:
    """Check the mapping in FILE (- is standard input) and publish it as a new version.

    SLUG is the partner, RESOURCE one of orders, products, locations, inventory.
    """
    document = read_object(file)
    findings = check_mapping(document, resource).warnings
    command = SaveMapping(slug, resource, document, author, note)
    version = console.run(lambda work: _publish(work, command))
    told = f"Version {version.version} of the mapping of {slug} for {resource} is in use."
    console.answer(saved_document(version, findings), "\n".join([*describe_findings(findings), told]))


@mappings.command(epilog=example("datamingle mappings check acme-orders.json --sample order.json"))
@click.argument("file")
@click.option(
    "--sample",
    "samples",
    multiple=True,
    metavar="FILE",
    help="A payload of the partner that raises doubts of its own; may be repeated.",
)
@operation
def check(console: Console, file: str, samples: Sequence[str]) -> None:
    """Check the mapping in FILE (- is standard input) without a partner; exit code 1 where it has errors."""
    document = read_object(file)
    payloads = [read_json(sample) for sample in samples]
    try:
        checked = examine_mapping(document, payloads)
    except MappingRefused as refused:
        found = refused.findings
        console.answer(_findings_document(found, ()), "\n".join(describe_findings(found)))
        click.echo("Error: the mapping has errors", err=True)
        raise click.exceptions.Exit(1) from refused
    console.answer(_findings_document(checked.findings, checked.rules), _describe_check(checked))


def _find(work: UnitOfWork, slug: str, resource: Resource, version: int | None) -> MappingVersion:
    partner = find_partner(work, slug).slug
    if version is None:
        return current_mapping(work, partner, resource)
    return find_version(work, partner, resource, version)


def _publish(work: UnitOfWork, command: SaveMapping) -> MappingVersion:
    find_partner(work, command.partner)
    return save_mapping(work, command)


def _findings_document(findings: Sequence[Finding], rules: Sequence[CheckedRule]) -> JsonObject:
    return {
        "findings": [finding_document(finding) for finding in findings],
        "rules": [
            {
                "rule": rule.id,
                "partner": list[Json](rule.partner),
                "internal": rule.internal,
                "class": rule.kind,
            }
            for rule in rules
        ],
    }


def _describe_check(checked: Checked) -> str:
    rows = [(rule.id, ", ".join(rule.partner), rule.internal, rule.kind) for rule in checked.rules]
    findings = "\n".join(describe_findings(checked.findings)) or "The mapping is in order."
    return f"{table(('RULE', 'PARTNER', 'OURS', 'CLASS'), rows)}\n\n{findings}" if rows else findings
