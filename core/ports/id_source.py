"""Chance as the core sees it."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Protocol


class IdSource(Protocol):
    """Makes ids and secrets."""

    @abstractmethod
    def new_id(self) -> str:
        """A UUIDv7 (RFC 9562), greater than every one made before in this process."""

    @abstractmethod
    def new_ids(self, count: int) -> Sequence[str]:
        """As many ids, in their order."""

    @abstractmethod
    def new_secret(self) -> str:
        """Letters and digits with at least 128 random bits."""
