"""Who changes something, and why: two options of the commands that make history."""

import getpass
from collections.abc import Callable
from typing import ParamSpec

import click

P = ParamSpec("P")
_NOBODY = "command line"


def authored(function: Callable[P, None]) -> Callable[P, None]:
    """Give a command `--author` and `--note`."""
    author = click.option(
        "--author", metavar="NAME", default=system_user, help="Who does it; your user name unless given."
    )
    note = click.option("--note", metavar="TEXT", help="Why; the history shows it.")
    return author(note(function))


def system_user() -> str:
    """The user's name; one without a name, as in some containers, is the command line."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return _NOBODY
