"""Texts that ship with the product."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Protocol

from core.entities.changelog import ChangelogEntry


class ChangelogCatalog(Protocol):
    """The changelog's entries."""

    @abstractmethod
    def entries(self) -> Sequence[ChangelogEntry]:
        """Every entry, newest first."""
