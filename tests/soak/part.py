"""A part of a soak."""

from collections.abc import Callable
from pathlib import Path

import attrs

from tests.soak.databases import Place
from tests.soak.figures import Figures


@attrs.frozen
class Part:
    """What is done to a database, `rounds` how often unless told otherwise; the text says what must hold.

    `run` is given the place, how often, the seed, and where the servers' log goes.
    """

    name: str
    text: str
    rounds: int
    run: Callable[[Place, int, int, Path], Figures]
    databases: tuple[str, ...] = ("SQLite", "PostgreSQL")
