"""Chance as the core sees it."""

from abc import abstractmethod
from typing import Protocol


class IdSource(Protocol):
    """Makes ids and secrets."""

    @abstractmethod
    def new_id(self) -> str:
        """A UUIDv7 (RFC 9562), greater than every one made before in this process."""

    @abstractmethod
    def new_secret(self) -> str:
        """Letters and digits with at least 128 random bits."""
