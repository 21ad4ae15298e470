"""Ids that a test can foresee."""

from itertools import count

from core.ports.id_source import IdSource


class CountingIds(IdSource):
    """Ids in the form of a UUIDv7 that count from 1, and secrets that do."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._secrets = count(1)

    def new_id(self) -> str:
        """`00000000-0000-7000-8000-000000000001` and so on."""
        return f"00000000-0000-7000-8000-{next(self._ids):012d}"

    def new_ids(self, count: int) -> list[str]:
        """The next ones."""
        return [self.new_id() for _ in range(count)]

    def new_secret(self) -> str:
        """32 letters and digits, the number last."""
        return f"secret{next(self._secrets):026d}"
