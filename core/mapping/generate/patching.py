"""Puts the user's values into compiled code in place of their tokens."""

from collections.abc import Mapping
from types import CodeType


def patched(code: CodeType, values: Mapping[str, object]) -> CodeType:
    """The code with every token among its constants replaced, however deep."""
    return code.replace(co_consts=_patched(code.co_consts, values))


def _patched(constants: tuple[object, ...], values: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(
        [
            values.get(constant, constant) if isinstance(constant, str) else _patched_inside(constant, values)
            for constant in constants
        ]
    )


def _patched_inside(constant: object, values: Mapping[str, object]) -> object:
    if isinstance(constant, tuple):
        return _patched(constant, values)
    return patched(constant, values) if isinstance(constant, CodeType) else constant
