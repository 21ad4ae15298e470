"""`datamingle db`: the database as a whole, brought up to date, backed up, and moved."""

from pathlib import Path

import click

from adapters.system.clock import SystemClock
from core.entities.json import Json
from entrypoints.bootstrap import open_copying, open_maintenance
from entrypoints.cli.console import Console, Speaker
from entrypoints.cli.options import example, operation, plain_operation
from entrypoints.cli.progress import progress_bar
from entrypoints.cli.tables import table


@click.group()
def db() -> None:
    """The database as a whole: migrate, backup, copy."""


@db.command(epilog=example("datamingle db migrate"))
@operation
def migrate(console: Console) -> None:
    """Make the schema in an empty database, or bring an older one up to date, as `serve` does first."""
    applied = open_maintenance(console.settings.database_url).migrate(SystemClock())
    told = f"Applied {', '.join(applied)}." if applied else "The schema is up to date."
    console.answer({"applied": list[Json](applied)}, told)


@db.command(epilog=example("datamingle db backup backup-2026-11-25.db"))
@click.argument("file", type=click.Path(path_type=Path))
@operation
def backup(console: Console, file: Path) -> None:
    """Write everything to the new FILE, as it is when this begins; a server goes on meanwhile.

    On SQLite FILE is a database to serve from. On PostgreSQL it is an archive that pg_dump makes and
    pg_restore reads. `datamingle guide operating` tells how to restore.
    """
    with progress_bar("Backing up") as progress:
        open_maintenance(console.settings.database_url).back_up(file, progress)
    size = file.stat().st_size
    console.answer({"file": str(file), "size": size}, f"The backup is written to {file}, {size} bytes.")


@db.command(
    epilog=example("datamingle db copy sqlite:///datamingle.db postgresql://dm@db.example:5432/datamingle")
)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@plain_operation
def copy(speaker: Speaker, source: str, target: str) -> None:
    """Copy everything, row for row, from the database FROM into the empty database TO, and compare.

    Both are URLs as of --database, of SQLite or PostgreSQL. FROM is not changed; TO gets all or nothing. Keys
    and cursors work on there. What is written to FROM meanwhile is not copied: stop its server first.
    """
    origin = open_maintenance(source)
    if origin.is_served():
        click.echo(
            f"Warning: a server is at work on {origin.place}. What it takes from now on is not copied.",
            err=True,
        )
    with progress_bar("Copying and comparing") as progress:
        copied = open_copying(progress).run(origin, open_maintenance(target))
    total = sum(one.rows for one in copied)
    rows = [(one.name, one.rows, one.checksum[:16]) for one in copied]
    tables: list[Json] = [{"table": one.name, "rows": one.rows, "checksum": one.checksum} for one in copied]
    speaker.answer(
        {"rows": total, "tables": tables},
        f"{table(('TABLE', 'ROWS', 'CHECKSUM'), rows)}\n\n{total} rows copied; every table is equal.",
    )
