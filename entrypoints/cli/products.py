"""`datamingle products`: many SKUs activated or deactivated at once."""

from collections.abc import Sequence

import click

from core.use_cases.products import set_products_active
from entrypoints.cli.console import Console
from entrypoints.cli.options import example, operation

_skus = click.argument("skus", nargs=-1, required=True, metavar="SKU...")


@click.group()
def products() -> None:
    """Products: activate, deactivate."""


@products.command(epilog=example("datamingle products activate TENT-2P TENT-4P"))
@_skus
@operation
def activate(console: Console, skus: Sequence[str]) -> None:
    """Activate all of these SKUs, or none if one is unknown."""
    _set_active(console, skus, active=True)


@products.command(epilog=example("datamingle products deactivate TENT-2P TENT-4P"))
@_skus
@operation
def deactivate(console: Console, skus: Sequence[str]) -> None:
    """Deactivate all of these SKUs, or none if one is unknown; they can no longer be ordered."""
    _set_active(console, skus, active=False)


def _set_active(console: Console, skus: Sequence[str], *, active: bool) -> None:
    distinct = list(dict.fromkeys(skus))
    console.run(lambda work: set_products_active(work, distinct, active=active))
    word = "active" if active else "inactive"
    verb = "is" if len(distinct) == 1 else "are"
    console.answer({"skus": [*distinct], "is_active": active}, f"{', '.join(distinct)} {verb} {word}.")
