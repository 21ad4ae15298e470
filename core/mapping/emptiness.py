"""The values that mean absence in a partner's language."""

from collections.abc import Hashable, Iterable
from typing import Final

from core.mapping.equality import same, scalar_key
from core.mapping.model import Json


class Emptiness:
    """A set of JSON values, asked of every value read."""

    __slots__ = ("_containers", "_kinds", "_scalars", "_texts", "values")

    def __init__(self, values: Iterable[Json]) -> None:
        listed = self.values = tuple(values)
        self._containers = tuple(value for value in listed if isinstance(value, list | dict) and value)
        self._kinds = frozenset(
            type(value) for value in listed if isinstance(value, list | dict) and not value
        )
        self._texts = frozenset(value for value in listed if isinstance(value, str))
        self._scalars: frozenset[Hashable] = frozenset(
            scalar_key(value) for value in listed if not isinstance(value, list | dict)
        )

    def __contains__(self, value: Json) -> bool:
        if isinstance(value, str):
            return value in self._texts
        if isinstance(value, list | dict):
            if not value:
                return type(value) in self._kinds
            return bool(self._containers) and any(same(value, empty) for empty in self._containers)
        return scalar_key(value) in self._scalars

    def changed(self, more: Iterable[Json], less: Iterable[Json]) -> "Emptiness":
        """These values and `more`, without those that are in `less`."""
        kept = Emptiness(less)
        return Emptiness(value for value in (*self.values, *more) if value not in kept)

    def __bool__(self) -> bool:
        return bool(self.values)


NOTHING_IS_EMPTY: Final = Emptiness(())
