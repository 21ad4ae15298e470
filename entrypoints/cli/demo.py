"""`datamingle demo`: the server on a database with something in it."""

import click

from entrypoints.cli.options import example, port_option


@click.command(epilog=example("datamingle demo"))
@port_option
@click.option(
    "--database", metavar="URL", help="Where to make its database; a file in the working folder unless given."
)
def demo(port: int, database: str | None) -> None:
    """Serve a demo with partners, keys, products and orders, and print what to try.

    Its database is made afresh; a port that is taken gives way to the next free one.
    """
    # Loading the web framework takes longer than most other commands take altogether.
    from entrypoints.demo.run import run_demo

    run_demo(port, click.echo, database)
