"""`datamingle serve`: the server."""

import click

from entrypoints.cli.options import database_option, example, port_option
from entrypoints.settings import read_settings


@click.command(epilog=example("datamingle serve --host 0.0.0.0 --port 8000"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@port_option
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes; 1 on SQLite."
)
@database_option
def serve(host: str, port: int, workers: int, database: str | None) -> None:
    """Serve the API, the dashboard, the docs and the changelog until Ctrl-C; migrates the database first."""
    # Loading the web framework takes longer than most other commands take altogether.
    from entrypoints.serve import serve as run_server

    settings = read_settings(database)
    where = f"[{host}]" if ":" in host else host
    sentence = f"Datamingle serves http://{where}:{port} (Ctrl-C ends it)."
    run_server(settings, host, port, workers, announce=lambda: click.echo(sentence))
