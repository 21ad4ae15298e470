"""The `datamingle` command: its parts, and how a refusal becomes a sentence and an exit code."""

import os
import sys
from collections.abc import Sequence

import click

from core.errors import Problem, Refusal
from core.mapping.model import MappingRefused
from core.mapping.paths import show
from entrypoints.cli.db import db
from entrypoints.cli.demo import demo
from entrypoints.cli.doctor import doctor
from entrypoints.cli.findings import describe_findings
from entrypoints.cli.guide import guide
from entrypoints.cli.keys import keys
from entrypoints.cli.logs import logs
from entrypoints.cli.mappings import mappings
from entrypoints.cli.openapi import openapi
from entrypoints.cli.orders import orders
from entrypoints.cli.partners import partners
from entrypoints.cli.products import products
from entrypoints.cli.serve import serve
from entrypoints.cli.tables import printable
from entrypoints.cli.templates import templates

REFUSED, MISUSED, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="datamingle")
def command_line() -> None:
    """Datamingle: an integration API that lets any ERP or shop talk to you in its own words.

    Every command but serve and demo takes --json and prints one JSON document for scripts. Start with
    `datamingle demo`.
    """


for command in (
    serve,
    demo,
    keys,
    partners,
    mappings,
    templates,
    orders,
    products,
    logs,
    db,
    doctor,
    guide,
    openapi,
):
    command_line.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 1 if it is refused, 2 if it was misused, 130 on Ctrl-C, 141 on a closed pipe, else 0."""
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes standard output once more when it ends, which must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Refusal as refusal:
        return _complain(_sentences(refusal))
    except MappingRefused as refused:
        return _complain(["the mapping is refused:", *describe_findings(refused.findings)])


def _run(arguments: list[str]) -> int:
    if any(not argument.isprintable() and _unusable(argument) for argument in arguments):
        raise click.UsageError("an argument holds bytes that are no UTF-8 text")
    code = command_line.main(arguments, prog_name="datamingle", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _unusable(argument: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in argument)


def _complain(lines: Sequence[str]) -> int:
    for line in lines:
        click.echo(printable(line), err=True)
    return REFUSED


def _sentences(refusal: Refusal) -> list[str]:
    """The message, then what the problems say beyond it."""
    said = [_sentence(problem) for problem in refusal.problems if problem.message not in refusal.message]
    return [f"Error: {refusal.message}", *said] if refusal.message else [f"Error: {line}" for line in said]


def _sentence(problem: Problem) -> str:
    place = problem.sent_as or show(problem.place)
    return f"{place}: {problem.message}" if place else problem.message
