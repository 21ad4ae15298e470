"""`datamingle openapi`: the API described for machines."""

import click

from entrypoints.cli.console import Console
from entrypoints.cli.documents import show_json
from entrypoints.cli.options import example, operation


@click.command(epilog=example("datamingle openapi > openapi.json"))
@operation
def openapi(console: Console) -> None:
    """Print the OpenAPI 3.1 document."""
    # Loading the web adapter takes longer than most other commands take altogether.
    from adapters.http.openapi import openapi_document

    document = openapi_document()
    console.answer(document, show_json(document, for_scripts=False))
