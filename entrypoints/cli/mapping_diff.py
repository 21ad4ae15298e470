"""`datamingle mappings diff`: what tells two mappings apart."""

from collections.abc import Sequence

import click

from core.entities.resource import Resource
from core.use_cases.mapping_differences import CompareMappings, Side, compare_mappings
from entrypoints.cli.console import Console
from entrypoints.cli.differences import describe_difference, difference_document
from entrypoints.cli.documents import read_json, read_object
from entrypoints.cli.options import example, operation, resource_argument


@click.command(
    epilog=example(
        "datamingle mappings diff acme orders 2 4",
        "datamingle mappings diff acme orders new.json --sample a.json",
    )
)
@click.argument("slug")
@resource_argument
@click.argument("before", required=False, metavar="[FROM]")
@click.argument("after", required=False, metavar="[TO]")
@click.option(
    "--sample",
    "samples",
    multiple=True,
    metavar="FILE",
    help="A payload of the partner to compare on; may be repeated.",
)
@operation
def diff(
    console: Console,
    slug: str,
    resource: Resource,
    before: str | None,
    after: str | None,
    samples: Sequence[str],
) -> None:
    """Show what differs between two mappings of the partner SLUG for RESOURCE, rule by rule.

    FROM and TO are version numbers or files. Without them: what the newest draft would change, or else what
    the version in use changed. With FROM alone: what has changed since that version, or what that file would
    change.
    """
    command = CompareMappings(
        partner=slug,
        resource=resource,
        sides=tuple(_side(text) for text in (before, after) if text is not None),
        samples=[read_json(sample) for sample in samples],
    )
    difference = console.read(lambda work: compare_mappings(work, command))
    console.answer(difference_document(difference, samples), describe_difference(difference, samples))


def _side(text: str) -> Side:
    """A version by its number; anything else is a file (`./4` is one)."""
    return int(text) if text.isascii() and text.isdigit() else read_object(text)
