"""What the commands take: times, resources, and the two options that every one of them has."""

import functools
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import Any, Concatenate, ParamSpec

import click

from core.entities.resource import Resource
from core.entities.timestamp import read_time
from entrypoints.cli.console import Console, Speaker
from entrypoints.settings import DATABASE_URL, DEFAULT_DATABASE_URL, read_settings

P = ParamSpec("P")
MAX_INTEGER = 2**63 - 1


class TimeType(click.ParamType[datetime]):
    """Any ISO 8601 date-time, in UTC unless it says otherwise."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> datetime:
        """The point in time."""
        try:
            return read_time(value)
        except ValueError:
            self.fail(
                f'"{value}" is no time: write ISO 8601, for example 2026-04-30T22:00:00Z', param, context
            )


class ResourceType(click.ParamType[Resource]):
    """A resource by its word."""

    name = "resource"

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> Resource:
        """The resource."""
        if value not in list(Resource):
            self.fail(f'"{value}" is no resource: write one of {", ".join(Resource)}', param, context)
        return Resource(value)


resource_argument = click.argument("resource", type=ResourceType(), metavar="RESOURCE")

_DATABASE_HELP = f"The database; {DATABASE_URL} unless given, else {DEFAULT_DATABASE_URL}."
database_option = click.option("--database", metavar="URL", help=_DATABASE_HELP)

port_option = click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port."
)


def operation(function: Callable[Concatenate[Console, P], None]) -> Callable[P, None]:
    """Give a command `--database` and `--json`, and a console that answers accordingly."""

    @_remembered("--database", metavar="URL", help=_DATABASE_HELP)
    @_speaking
    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        chosen = click.get_current_context().meta
        with ExitStack() as resources:
            settings = read_settings(chosen["--database"])
            function(Console(chosen["--json"], settings, resources), *args, **kwargs)

    return run


def plain_operation(function: Callable[Concatenate[Speaker, P], None]) -> Callable[P, None]:
    """Give a command that opens no database by itself `--json`, and a speaker that answers accordingly."""

    @_speaking
    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        function(Speaker(click.get_current_context().meta["--json"]), *args, **kwargs)

    return run


def _speaking(function: Callable[P, None]) -> Callable[P, None]:
    return _remembered("--json", is_flag=True, help="Print one JSON document, for scripts.")(function)


def _remembered(name: str, **attributes: Any) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """An option whose value stands in the context instead of among the command's arguments."""

    def remember(context: click.Context, _: click.Parameter, value: object) -> None:
        context.meta[name] = value

    return click.option(name, expose_value=False, callback=remember, **attributes)


def example(*lines: str) -> str:
    """An epilog with examples, line by line as they are typed."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
