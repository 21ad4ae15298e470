"""How much memory bodies may take that are on their way or wait for their turn."""

from core.errors import ServiceUnavailable


class BodyRoom:
    """Bytes of all bodies that come in pieces, counted until their calls are answered."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self.taken = 0

    def take(self, size: int) -> None:
        """Take room for a piece; ServiceUnavailable where there is none."""
        if self.taken + size > self._capacity:
            raise ServiceUnavailable("Too many large bodies are on their way at the moment")
        self.taken += size

    def give_back(self, size: int) -> None:
        """Free what was taken."""
        self.taken -= size
