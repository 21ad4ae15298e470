"""`datamingle mappings`: field mappings shown, published, checked and tried."""

from collections.abc import Sequence

import click

from core.entities.field_mapping import MappingVersion
from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.entities.timestamp import show_time
from core.errors import Problem
from core.mapping.model import Finding, MappingError, MappingRefused
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.mapping_trials import Trial, try_mapping
from core.use_cases.mappings import SaveMapping, check_mapping, current_mapping, save_mapping
from core.use_cases.partners import find_partner
from core.use_cases.speech import Mappings
from entrypoints.cli.console import Console
from entrypoints.cli.documents import read_json, read_object, show_json
from entrypoints.cli.findings import describe_findings, finding_document
from entrypoints.cli.options import ResourceType, example, operation
from entrypoints.cli.tables import printable

_AUTHOR = "command line"
_resource = click.argument("resource", type=ResourceType(), metavar="RESOURCE")


@click.group()
def mappings() -> None:
    """Field mappings: show, set, check, try."""


@mappings.command(epilog=example("datamingle mappings show acme orders"))
@click.argument("slug")
@_resource
@operation
def show(console: Console, slug: str, resource: Resource) -> None:
    """Show the mapping that the partner SLUG uses for RESOURCE, as `set` reads it."""
    version = console.read(lambda work: current_mapping(work, find_partner(work, slug).slug, resource))
    console.answer(version.document, show_json(version.document, for_scripts=False))


@mappings.command("set", epilog=example("datamingle mappings set acme orders acme-orders.json"))
@click.argument("slug")
@_resource
@click.argument("file")
@operation
def set_mapping(console: Console, slug: str, resource: Resource, file: str) -> None:
    """Check the mapping in FILE (- is standard input) and publish it as a new version.

    SLUG is the partner, RESOURCE one of orders, products, locations, inventory.
    """
    document = read_object(file)
    findings = check_mapping(document, resource).warnings
    command = SaveMapping(slug, resource, document, author=_AUTHOR)
    version = console.run(lambda work: _publish(work, command))
    saved: JsonObject = {
        "partner": version.partner,
        "resource": version.resource.value,
        "version": version.version,
        "content_hash": version.content_hash,
        "created_at": show_time(version.created_at),
        "author": version.author,
        "findings": [finding_document(finding) for finding in findings],
    }
    told = f"Version {version.version} of the mapping of {slug} for {resource} is in use."
    console.answer(saved, "\n".join([*describe_findings(findings), told]))


@mappings.command(epilog=example("datamingle mappings check acme-orders.json"))
@click.argument("file")
@operation
def check(console: Console, file: str) -> None:
    """Check the mapping in FILE (- is standard input) without a partner; exit code 1 where it has errors."""
    document = read_object(file)
    try:
        findings = check_mapping(document).warnings
    except MappingRefused as refused:
        _tell_findings(console, refused.findings)
        raise click.exceptions.Exit(1) from refused
    _tell_findings(console, findings)


@mappings.command("try", epilog=example("datamingle mappings try acme orders order.json"))
@click.argument("slug")
@_resource
@click.argument("payload_file")
@operation
def try_payload(console: Console, slug: str, resource: Resource, payload_file: str) -> None:
    """Print what the mapping of the partner SLUG for RESOURCE makes of a payload; writes nothing.

    PAYLOAD_FILE (- is standard input) is a payload as the partner sends it. One record gives one object,
    several an array, inventory always one bulk document. Exit code 1 where the mapping refuses.
    """
    payload = read_json(payload_file)
    trial = console.read(lambda work: try_mapping(work, Mappings(), slug, resource, payload))
    for line in [] if console.as_json else _describe_trial(trial):
        click.echo(printable(line), err=True)
    console.answer(_trial_document(trial), show_json(trial.document, for_scripts=False))
    if trial.errors:
        raise click.exceptions.Exit(1)


def _publish(work: UnitOfWork, command: SaveMapping) -> MappingVersion:
    find_partner(work, command.partner)
    return save_mapping(work, command)


def _tell_findings(console: Console, findings: Sequence[Finding]) -> None:
    document: JsonObject = {"findings": [finding_document(finding) for finding in findings]}
    console.answer(document, "\n".join(describe_findings(findings)) or "The mapping is in order.")


def _describe_trial(trial: Trial) -> list[str]:
    refused = [f"refused: {error.message}" for error in trial.errors]
    failed = [f"fails by itself: {error.message}" for error in trial.failed_rows]
    invalid = [f"invalid: {problem.sent_as or 'the record'}: {problem.message}" for problem in trial.invalid]
    return refused + failed + invalid


def _trial_document(trial: Trial) -> JsonObject:
    return {
        "document": trial.document,
        "errors": [_error_document(error) for error in trial.errors],
        "invalid": [_problem_document(problem) for problem in trial.invalid],
        "failed_rows": [_error_document(error) for error in trial.failed_rows],
        "mapping_version": trial.mapping_version,
    }


def _error_document(error: MappingError) -> JsonObject:
    return {
        "field": error.field,
        "code": error.code.upper(),
        "message": error.message,
        "pointer": error.pointer,
        "record": error.record,
        "rule": error.rule,
        "internal": list[Json](error.internal),
    }


def _problem_document(problem: Problem) -> JsonObject:
    return {
        "field": problem.sent_as or "",
        "code": problem.code,
        "message": problem.message,
        "pointer": problem.pointer,
    }
