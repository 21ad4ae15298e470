"""`datamingle doctor`: what is well, and what is not."""

from collections import Counter

import click

from adapters.persistence.checks import State
from adapters.system.clock import SystemClock
from core.entities.json import Json
from entrypoints.cli.console import Speaker
from entrypoints.cli.options import database_option, example, plain_operation
from entrypoints.cli.tables import table
from entrypoints.doctor import examine


@click.command(epilog=example("datamingle doctor", "datamingle doctor --deep --json"))
@click.option("--deep", is_flag=True, help="Read the whole database too, which takes a while.")
@database_option
@plain_operation
def doctor(speaker: Speaker, database: str | None, deep: bool) -> None:
    """Check the program, its settings and its database; changes nothing.

    Exit code 1 if a check failed: data is in danger, or a server would not work. A warning is worth a look
    and leaves it 0.
    """
    checks = list(examine(database, SystemClock(), deep=deep))
    counts = Counter(check.state for check in checks)
    document: list[Json] = [
        {"check": check.name, "state": check.state.value, "message": check.message} for check in checks
    ]
    rows = [(check.name, check.state.value, check.message) for check in checks]
    speaker.answer(
        {"failed": counts[State.FAILED], "warnings": counts[State.WARNING], "checks": document},
        f"{table(('CHECK', 'STATE', 'FOUND'), rows)}\n\n"
        f"{counts[State.FAILED]} failed, {counts[State.WARNING]} warnings.",
    )
    if counts[State.FAILED]:
        raise click.exceptions.Exit(1)
