"""Mapping templates, those that ship and the operator's own."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Protocol

from core.entities.template import Template


class TemplateCatalog(Protocol):
    """The mapping templates by name."""

    @abstractmethod
    def names(self) -> Sequence[str]:
        """Every name, in alphabetical order but `custom` first."""

    @abstractmethod
    def get(self, name: str) -> Template:
        """The template; BadSetting with the names there are if there is none of this name."""
