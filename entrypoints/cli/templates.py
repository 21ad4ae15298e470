"""`datamingle templates`: what a new partner may start from."""

import textwrap
from collections.abc import Iterator

import click

from core.entities.json import JsonObject
from core.entities.resource import Resource
from core.entities.template import Template
from core.errors import NotFound
from entrypoints.cli.console import Console
from entrypoints.cli.documents import show_json
from entrypoints.cli.options import ResourceType, example, operation
from entrypoints.cli.tables import table

_WIDTH = 60


@click.group()
def templates() -> None:
    """Mapping templates: list, show."""


@templates.command("list", epilog=example("datamingle templates list"))
@operation
def list_templates(console: Console) -> None:
    """List the mapping templates, those that ship and your own."""
    found = [console.templates.get(name) for name in console.templates.names()]
    rows = [(one.name, one.title, ", ".join(one.mappings) or "-", one.about) for one in found]
    console.answer([_document(one) for one in found], table(("NAME", "TITLE", "MAPS", "ABOUT"), rows))


@templates.command(
    epilog=example("datamingle templates show acumatica", "datamingle templates show acumatica orders")
)
@click.argument("name")
@click.argument("resource", type=ResourceType(), metavar="[RESOURCE]", required=False)
@operation
def show(console: Console, name: str, resource: Resource | None) -> None:
    """Show what the template NAME covers; with RESOURCE its mapping, as `mappings set` reads it."""
    template = console.templates.get(name)
    if resource is None:
        covers: JsonObject = {"covers": list(template.covers), "sources": list(template.sources)}
        console.answer({**_document(template), **covers}, _describe(template))
        return
    mapping = template.mappings.get(resource)
    if mapping is None:
        raise NotFound(f'the template "{name}" has no mapping for {resource}')
    console.answer(mapping, show_json(mapping, for_scripts=False))


def _document(template: Template) -> JsonObject:
    return {
        "name": template.name,
        "title": template.title,
        "about": template.about,
        "resources": [resource.value for resource in template.mappings],
    }


def _describe(template: Template) -> str:
    about = "\n".join(textwrap.wrap(f"{template.title}: {template.about}", 2 * _WIDTH))
    rows = [line for covered in template.covers for line in _lines(covered)]
    return f"{about}\n\n{table(('RESOURCE', 'DIRECTION', 'COVERS'), rows)}" if rows else about


def _lines(covered: JsonObject) -> Iterator[tuple[str, str, str]]:
    """A row of the table in several lines, then one for what is left out."""
    left_out = f"Not: {covered['not_covered']}." if covered["not_covered"] else ""
    texts = [line for text in (str(covered["what"]), left_out) for line in textwrap.wrap(text, 2 * _WIDTH)]
    for number, text in enumerate(texts):
        resource, direction = str(covered["resource"]), str(covered["direction"])
        yield (resource, direction, text) if number == 0 else (" ", " ", text)
