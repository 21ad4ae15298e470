"""How many array elements one document may hold."""

from typing import Final

import attrs

MOST_ELEMENTS: Final = 100_000


@attrs.define
class Budget:
    """How many array elements may still be mapped in this document."""

    left: int = MOST_ELEMENTS

    def take(self, count: int) -> bool:
        """Take so many; False if that is too many."""
        self.left -= count
        return self.left >= 0
