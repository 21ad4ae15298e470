"""`datamingle logs`: the integration log listed, shown, reported and purged."""

from datetime import datetime
from pathlib import Path

import click

from core.entities.integration_log import LogFilter, LogStatus, summarise_entry
from core.entities.json import Json
from core.errors import BadSetting
from core.use_cases.logs import find_entry, purge_logs, report_entry, show_entry
from entrypoints.cli.console import Console
from entrypoints.cli.documents import show_json
from entrypoints.cli.options import TimeType, example, operation
from entrypoints.cli.tables import table

_DEFAULT_LIMIT = 50


@click.group()
def logs() -> None:
    """The integration log: list, show, report, purge."""


@logs.command(
    "list", epilog=example("datamingle logs list --partner acme --status mapping_error --since 2026-04-01")
)
@click.option("--partner", metavar="SLUG", help="Only this partner's.")
@click.option("--key", metavar="NAME", help="Only this API key's.")
@click.option(
    "--status", type=click.Choice([status.value for status in LogStatus]), help="Only of this outcome."
)
@click.option("--since", type=TimeType(), metavar="T", help="Only those received at this time or later.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_DEFAULT_LIMIT,
    show_default=True,
    metavar="N",
    help="At most.",
)
@operation
def list_entries(
    console: Console,
    partner: str | None,
    key: str | None,
    status: str | None,
    since: datetime | None,
    limit: int,
) -> None:
    """List log entries, newest first."""
    chosen = LogFilter(partner, key, None if status is None else LogStatus(status), since)
    found = console.read(lambda work: list(work.log.recent(chosen, limit)))
    headings = ("ID", "RECEIVED", "PARTNER", "KEY", "ACTION", "IDENTIFIER", "STATUS", "CODE", "MS")
    rows = [
        (
            entry.id,
            entry.received_at,
            entry.partner,
            entry.api_key,
            entry.action,
            entry.identifier,
            entry.status.value,
            entry.response_status,
            entry.duration_ms,
        )
        for entry in found
    ]
    console.answer([summarise_entry(entry) for entry in found], table(headings, rows))


@logs.command(epilog=example("datamingle logs show 019656e0-8c1c-7b3a-8d2e-5f60718293a4"))
@click.argument("id")
@operation
def show(console: Console, id: str) -> None:
    """Show the whole entry ID: what was sent, what it was mapped to, what was answered."""
    document = console.read(lambda work: show_entry(work, find_entry(work, id)))
    console.answer(document, show_json(document, for_scripts=False))


@logs.command(
    epilog=example("datamingle logs report 019656e0-8c1c-7b3a-8d2e-5f60718293a4 --output report.json")
)
@click.argument("id")
@click.option("--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write it there instead.")
@operation
def report(console: Console, id: str, output: str | None) -> None:
    """Make a regression report of the entry ID, one JSON document for a support ticket."""
    document = report_entry(console.read(lambda work: find_entry(work, id)))
    if output is None:
        console.answer(document, show_json(document, for_scripts=False))
    else:
        _write(Path(output), document)
        console.answer({"id": id, "output": output}, f"The report is written to {output}.")


@logs.command(epilog=example("datamingle logs purge"))
@operation
def purge(console: Console) -> None:
    """Delete entries and key activity past their time (DATAMINGLE_LOG_RETENTION_DAYS, 90 unless set)."""
    days = console.settings.log_retention_days
    deleted = 0
    while count := console.run(lambda work: purge_logs(work, days)):
        deleted += count
    console.answer(
        {"deleted": deleted, "retention_days": days}, f"{deleted} entries older than {days} days deleted."
    )


def _write(path: Path, document: Json) -> None:
    try:
        path.write_text(show_json(document, for_scripts=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadSetting(f"{path}: {error.strerror or error}") from error
