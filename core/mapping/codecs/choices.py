"""The codec of a list of pairs: which partner value stands for which of ours."""

from collections.abc import Hashable, Iterable
from typing import Self

import attrs

from core.mapping.equality import scalar_key
from core.mapping.model import Json, Unconvertible

_LONGEST_LIST = 5


@attrs.frozen
class Choices:
    """Pairs of partner and internal value; the first pair wins in each direction."""

    pairs: tuple[tuple[Json, Json], ...]
    _internal_by_partner: dict[Hashable, Json]
    _partner_by_internal: dict[Hashable, Json]
    _expected: str
    _expected_of_ours: str
    kind_test: type | None = None
    encode_kind_test: type | None = None
    bounded: bool = False

    @classmethod
    def of(cls, pairs: Iterable[tuple[Json, Json]]) -> Self:
        """The codec of these pairs of scalars."""
        forth: dict[Hashable, Json] = {}
        back: dict[Hashable, Json] = {}
        listed = tuple(pairs)
        for partner, internal in listed:
            forth.setdefault(scalar_key(partner), internal)
            back.setdefault(scalar_key(internal), partner)
        return cls(
            listed, forth, back, _one_of([pair[0] for pair in listed]), _one_of([pair[1] for pair in listed])
        )

    @property
    def is_one_to_one(self) -> bool:
        """Whether no value stands in two pairs on the same side."""
        return len(self._internal_by_partner) == len(self._partner_by_internal) == len(self.pairs)

    def decode(self, value: Json) -> Json:
        """The internal value of the first pair with this partner value."""
        try:
            return self._internal_by_partner[scalar_key(value)]
        except (KeyError, TypeError):
            raise Unconvertible("value_not_mapped", self._expected) from None

    def encode(self, value: Json) -> Json:
        """The partner value of the first pair with this internal value."""
        try:
            return self._partner_by_internal[scalar_key(value)]
        except (KeyError, TypeError):
            raise Unconvertible("value_not_mapped", self._expected_of_ours) from None


def _one_of(values: list[Json]) -> str:
    shown = ", ".join(
        f'"{value}"' if isinstance(value, str) else _word(value) for value in values[:_LONGEST_LIST]
    )
    return f"one of {shown}" + (
        f" and {len(values) - _LONGEST_LIST} more" if len(values) > _LONGEST_LIST else ""
    )


def _word(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
