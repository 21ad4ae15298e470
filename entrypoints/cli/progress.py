"""How far a long command is, for a person who waits."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

from adapters.persistence.maintenance import Progress


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar on standard error while this is open; nothing where that is no terminal."""
    with ExitStack() as shown:
        yield _Bar(label, shown)


class _Bar(Progress):
    def __init__(self, label: str, shown: ExitStack) -> None:
        self._label = label
        self._shown = shown

    def start(self, total: int) -> None:
        """Show the bar."""
        hidden = not sys.stderr.isatty()
        self._bar = self._shown.enter_context(
            click.progressbar(length=total, label=self._label, file=sys.stderr, hidden=hidden)
        )

    def advance(self, count: int) -> None:
        """Move it on."""
        self._bar.update(count)
