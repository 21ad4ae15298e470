"""`datamingle mappings try`: what a mapping would make of a payload."""

import click

from core.entities.resource import Resource
from core.mapping.model import Direction
from core.use_cases.mapping_trials import try_mapping
from core.use_cases.trial import TryMapping
from entrypoints.cli.console import Console
from entrypoints.cli.documents import read_json, read_object
from entrypoints.cli.options import MAX_INTEGER, example, operation, resource_argument
from entrypoints.cli.tables import printable
from entrypoints.cli.trials import describe_refusals, describe_trial, trial_document


@click.command("try", epilog=example("datamingle mappings try acme orders order.json"))
@click.argument("slug")
@resource_argument
@click.argument("payload_file")
@click.option("--file", "mapping_file", metavar="FILE", help="A mapping that is not saved.")
@click.option("--version", type=click.IntRange(1, MAX_INTEGER), help="Another version than the one in use.")
@click.option(
    "--direction",
    type=click.Choice(["in", "out"]),
    default="in",
    show_default=True,
    help="in: from the partner to us; out: from one of our records, as the API shows it, to the partner.",
)
@click.option("--partial", is_flag=True, help="The payload changes a record instead of making one.")
@operation
def try_payload(
    console: Console,
    slug: str,
    resource: Resource,
    payload_file: str,
    mapping_file: str | None,
    version: int | None,
    direction: Direction,
    partial: bool,
) -> None:
    """Print what the mapping of the partner SLUG for RESOURCE makes of a payload, and why; writes nothing.

    PAYLOAD_FILE (- is standard input) is a payload as the partner sends it. One record gives one object,
    several an array, inventory always one bulk document. Exit code 1 where the mapping refuses.
    """
    if mapping_file is not None and version is not None:
        raise click.UsageError("--file and --version name two mappings: give one of them")
    command = TryMapping(
        partner=slug,
        resource=resource,
        payload=read_json(payload_file),
        direction=direction,
        partial=partial,
        version=version,
        unsaved=None if mapping_file is None else read_object(mapping_file),
    )
    trial = console.read(lambda work: try_mapping(work, command))
    for line in describe_refusals(trial):
        click.echo(printable(line), err=True)
    console.answer(trial_document(trial), describe_trial(trial))
    if trial.errors:
        raise click.exceptions.Exit(1)
