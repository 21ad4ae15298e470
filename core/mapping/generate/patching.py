"""Puts the user's values into compiled code in place of their tokens."""

from collections.abc import Mapping
from types import CodeType


def patched(code: CodeType, values: Mapping[str, object]) -> CodeType:
    """The code with every token among its constants replaced, however deep."""
    return code.replace(co_consts=tuple(_patched(constant, values) for constant in code.co_consts))


def _patched(constant: object, values: Mapping[str, object]) -> object:
    match constant:
        case str():
            return values.get(constant, constant)
        case tuple():
            return tuple(_patched(inner, values) for inner in constant)
        case CodeType():
            return patched(constant, values)
        case _:
            return constant
