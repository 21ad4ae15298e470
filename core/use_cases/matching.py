"""The one record that an identifier names."""

from collections.abc import Sequence
from typing import TypeVar

from core.errors import AmbiguousIdentifier, NotFound

T = TypeVar("T")


def only_match(found: Sequence[T], noun: str, value: str) -> T:
    """The only record found by the value; NotFound, or AmbiguousIdentifier if there are several."""
    if not found:
        raise NotFound(f'no {noun} "{value}"')
    if len(found) > 1:
        raise AmbiguousIdentifier(f'"{value}" names several {noun}s')
    return found[0]
