"""`datamingle keys`: API keys made, rotated, re-scoped and withdrawn."""

from collections.abc import Sequence
from datetime import datetime

import click

from core.entities.api_key import ApiKey
from core.entities.integration_log import KeyActivity
from core.entities.json import Json, JsonObject
from core.entities.scope import EVERYTHING
from core.entities.timestamp import show_time
from core.use_cases.keys import (
    CreateKey,
    IssuedKey,
    create_key,
    delete_key,
    rescope_key,
    revoke_key,
    rotate_key,
)
from entrypoints.cli.console import Console
from entrypoints.cli.options import TimeType, example, operation
from entrypoints.cli.tables import table

_DEFAULT_LIMIT = 50


@click.group()
def keys() -> None:
    """API keys: create, rotate, list, revoke, delete, re-scope, and what was refused."""


@keys.command(
    epilog=example(
        "datamingle keys create acme-shop --partner acme",
        "datamingle keys create reader --scope integrations.orders.read --expires-at 2027-01-01",
    )
)
@click.argument("name")
@click.option("--partner", metavar="SLUG", help="Whose language the key speaks; none: our own field names.")
@click.option(
    "--scope", "scopes", multiple=True, metavar="S", help=f"What it may do; {EVERYTHING} unless given."
)
@click.option("--expires-at", type=TimeType(), metavar="T", help="When it stops, ISO 8601.")
@click.option("--test", is_flag=True, help="Mark it as a test key (sk_test_).")
@operation
def create(
    console: Console,
    name: str,
    partner: str | None,
    scopes: Sequence[str],
    expires_at: datetime | None,
    test: bool,
) -> None:
    """Make the API key NAME and print its secret, which is shown only this once."""
    command = CreateKey(name, scopes, partner, expires_at, test)
    _tell_secret(console, console.run(lambda work: create_key(work, command)))


@keys.command(epilog=example("datamingle keys rotate acme-shop"))
@click.argument("name")
@operation
def rotate(console: Console, name: str) -> None:
    """Give the key NAME a new secret and print it; the old one stops at once."""
    _tell_secret(console, console.run(lambda work: rotate_key(work, name)))


@keys.command("list", epilog=example("datamingle keys list --json"))
@operation
def list_keys(console: Console) -> None:
    """List the keys, newest first, without their secrets."""
    found = console.read(lambda work: work.keys.all())
    headings = ("NAME", "PARTNER", "SCOPES", "ACTIVE", "TEST", "EXPIRES", "CREATED")
    rows = [
        (
            key.name,
            key.partner,
            " ".join(key.scopes),
            key.is_active,
            key.is_test,
            key.expires_at,
            key.created_at,
        )
        for key in found
    ]
    console.answer([_document(key) for key in found], table(headings, rows))


@keys.command(epilog=example("datamingle keys revoke acme-shop"))
@click.argument("name")
@operation
def revoke(console: Console, name: str) -> None:
    """Withdraw the key NAME; its next request is refused."""
    key = console.run(lambda work: revoke_key(work, name))
    console.answer(_document(key), f'The key "{key.name}" is revoked.')


@keys.command(epilog=example("datamingle keys delete acme-shop"))
@click.argument("name")
@operation
def delete(console: Console, name: str) -> None:
    """Forget the key NAME; the log keeps its name."""
    key = console.run(lambda work: delete_key(work, name))
    console.answer(_document(key), f'The key "{key.name}" is deleted.')


@keys.command(
    epilog=example(
        "datamingle keys scopes reader --scope integrations.orders.read --scope 'integrations.products.*'"
    )
)
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, required=True, metavar="S", help="What it may do from now on."
)
@operation
def scopes(console: Console, name: str, scopes: Sequence[str]) -> None:
    """Give the key NAME these scopes instead of those it has."""
    key = console.run(lambda work: rescope_key(work, name, scopes))
    console.answer(_document(key), f'The key "{key.name}" now has the scopes {" ".join(key.scopes)}.')


@keys.command(epilog=example("datamingle keys activity --limit 20"))
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_DEFAULT_LIMIT,
    show_default=True,
    metavar="N",
    help="At most.",
)
@operation
def activity(console: Console, limit: int) -> None:
    """List refused keys (401 and 403), newest first; those without a known key are counted together."""
    found = console.read(lambda work: work.key_activity.recent(limit))
    headings = ("AT", "KEY", "CODE", "COUNT", "LAST", "METHOD", "PATH")
    rows = [(one.at, one.api_key, one.code, one.count, one.last_at, one.method, one.path) for one in found]
    console.answer([_activity(one) for one in found], table(headings, rows))


def _tell_secret(console: Console, issued: IssuedKey) -> None:
    key = issued.key
    document: JsonObject = {
        "id": key.id,
        "name": key.name,
        "key": issued.secret,
        "scopes": list[Json](key.scopes),
        "partner": key.partner,
        "expires_at": _time(key.expires_at),
    }
    speaks = f"for the partner {key.partner}" if key.partner else "without a partner"
    until = f", until {_time(key.expires_at)}" if key.expires_at else ""
    console.answer(
        document,
        f'Key "{key.name}" {speaks}, scopes {" ".join(key.scopes)}{until}:\n\n'
        f"    {issued.secret}\n\nKeep it now; it is not shown again.",
    )


def _document(key: ApiKey) -> JsonObject:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": list[Json](key.scopes),
        "partner": key.partner,
        "expires_at": _time(key.expires_at),
        "is_active": key.is_active,
        "is_test": key.is_test,
        "created_at": show_time(key.created_at),
    }


def _activity(activity: KeyActivity) -> JsonObject:
    return {
        "id": activity.id,
        "at": show_time(activity.at),
        "api_key": activity.api_key,
        "code": activity.code,
        "method": activity.method,
        "path": activity.path,
        "request_id": activity.request_id,
        "count": activity.count,
        "last_at": _time(activity.last_at),
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else show_time(moment)
