"""Where a command runs its use cases and says what came of it."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import cached_property
from typing import TypeVar

import attrs
import click

from core.entities.json import Json
from core.ports.template_catalog import TemplateCatalog
from core.ports.unit_of_work import Transactions, UnitOfWork
from entrypoints.bootstrap import open_templates, open_transactions
from entrypoints.cli.documents import show_json
from entrypoints.cli.tables import printable
from entrypoints.settings import Settings

T = TypeVar("T")


@attrs.define(slots=False)
class Speaker:
    """A command's way to speak: as JSON for scripts, else for people."""

    as_json: bool

    def answer(self, document: Json, text: str) -> None:
        """Print the document for a script, the text for a person."""
        click.echo(show_json(document, for_scripts=True) if self.as_json else printable(text))


@attrs.define(slots=False)
class Console(Speaker):
    """One command's settings, its database, and its way to speak."""

    settings: Settings
    resources: ExitStack

    @cached_property
    def transactions(self) -> Transactions:
        """The database, opened when it is first needed and closed with the command."""
        return self.resources.enter_context(closing(open_transactions(self.settings)))

    @cached_property
    def templates(self) -> TemplateCatalog:
        """The mapping templates."""
        return open_templates(self.settings)

    def run(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a use case that changes something."""
        return self.transactions.run(call)

    def read(self, call: Callable[[UnitOfWork], T]) -> T:
        """Run a use case that only reads."""
        return self.transactions.read(call)
