"""`datamingle templates`: what a new partner may start from."""

import click

from core.entities.json import JsonObject
from core.entities.template import Template
from entrypoints.cli.console import Console
from entrypoints.cli.options import example, operation
from entrypoints.cli.tables import table


@click.group()
def templates() -> None:
    """Mapping templates: list."""


@templates.command("list", epilog=example("datamingle templates list"))
@operation
def list_templates(console: Console) -> None:
    """List the mapping templates, those that ship and your own."""
    found = [console.templates.get(name) for name in console.templates.names()]
    rows = [(one.name, one.title, ", ".join(one.mappings) or "-", one.about) for one in found]
    console.answer([_document(one) for one in found], table(("NAME", "TITLE", "MAPS", "ABOUT"), rows))


def _document(template: Template) -> JsonObject:
    return {
        "name": template.name,
        "title": template.title,
        "about": template.about,
        "resources": [resource.value for resource in template.mappings],
    }
