"""`datamingle guide`: the guides that ship, as text."""

import click

from adapters.catalog.guides import FileGuides
from entrypoints.cli.console import Console
from entrypoints.cli.options import example, operation


@click.command(epilog=example("datamingle guide mapping | less"))
@click.argument("name", required=False)
@operation
def guide(console: Console, name: str | None) -> None:
    """Print the guide NAME in Markdown, such as mapping; without NAME list the guides."""
    guides = FileGuides()
    if name is None:
        console.answer(list(guides.names()), "\n".join(guides.names()))
        return
    text = guides.get(name)
    console.answer({"name": name, "text": text}, text)
