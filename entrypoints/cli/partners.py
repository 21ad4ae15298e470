"""`datamingle partners`: partners taken in, switched off and on."""

import click

from core.entities.json import JsonObject
from core.entities.partner import Partner
from core.use_cases.partners import CreatePartner, create_partner, find_partner, switch_partner
from entrypoints.cli.console import Console
from entrypoints.cli.options import example, operation
from entrypoints.cli.tables import listing, table


@click.group()
def partners() -> None:
    """Partners: create, list, show, disable, enable."""


@partners.command(epilog=example("datamingle partners create acme --name 'Acme Tents' --template acumatica"))
@click.argument("slug")
@click.option("--name", metavar="N", help="How people call it; the slug unless given.")
@click.option(
    "--template", default="custom", show_default=True, metavar="T", help="See `datamingle templates list`."
)
@click.option(
    "--default-identifier-field",
    metavar="F",
    help="The field its identifiers name, such as external_order_id.",
)
@operation
def create(
    console: Console, slug: str, name: str | None, template: str, default_identifier_field: str | None
) -> None:
    """Take in the partner SLUG, speaking the language of a template."""
    command = CreatePartner(slug, name, template, default_identifier_field)
    partner = console.run(lambda work: create_partner(work, console.templates, command))
    console.answer(
        _document(partner), f"Partner {partner.slug} is taken in with the template {partner.template}."
    )


@partners.command("list", epilog=example("datamingle partners list"))
@operation
def list_partners(console: Console) -> None:
    """List the partners, newest first."""
    found = console.read(lambda work: work.partners.all())
    headings = ("SLUG", "NAME", "TEMPLATE", "IDENTIFIER FIELD", "ACTIVE")
    rows = [(one.slug, one.name, one.template, one.default_identifier_field, one.is_active) for one in found]
    console.answer([_document(partner) for partner in found], table(headings, rows))


@partners.command(epilog=example("datamingle partners show acme"))
@click.argument("slug")
@operation
def show(console: Console, slug: str) -> None:
    """Show the partner SLUG."""
    partner = console.read(lambda work: find_partner(work, slug))
    values = {
        "slug": partner.slug,
        "name": partner.name,
        "template": partner.template,
        "default identifier field": partner.default_identifier_field,
        "active": partner.is_active,
        "created": partner.created_at,
    }
    console.answer(_document(partner), listing(values))


@partners.command(epilog=example("datamingle partners disable acme"))
@click.argument("slug")
@operation
def disable(console: Console, slug: str) -> None:
    """Switch the partner SLUG off: its keys are refused, nothing is lost."""
    partner = console.run(lambda work: switch_partner(work, slug, on=False))
    console.answer(_document(partner), f"Partner {partner.slug} is switched off.")


@partners.command(epilog=example("datamingle partners enable acme"))
@click.argument("slug")
@operation
def enable(console: Console, slug: str) -> None:
    """Switch the partner SLUG on again."""
    partner = console.run(lambda work: switch_partner(work, slug, on=True))
    console.answer(_document(partner), f"Partner {partner.slug} is switched on.")


def _document(partner: Partner) -> JsonObject:
    return {
        "id": partner.id,
        "slug": partner.slug,
        "name": partner.name,
        "template": partner.template,
        "default_identifier_field": partner.default_identifier_field,
        "is_active": partner.is_active,
    }
