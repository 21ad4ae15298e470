"""Values inside the members that wrap them, and elements found by an unwrapped key."""

from typing import Final

from core.mapping.arithmetic import key_text
from core.mapping.model import ABSENT, Absent, Json
from core.mapping.paths import Keyed
from core.mapping.rules import Names

BARE: Final[tuple[Names, ...]] = ((),)


def find_keyed(array: list[Json], step: Keyed, wraps: tuple[Names, ...]) -> int | None:
    """The index of the first element whose member, unwrapped, shows the text."""
    for index, element in enumerate(array):
        if isinstance(element, dict) and _shows(element.get(step.member), step.text, wraps):
            return index
    return None


def _shows(value: Json, text: str, wraps: tuple[Names, ...]) -> bool:
    bare = next((found for names in wraps if (found := member_of(value, names)) is not ABSENT), value)
    return bare == text or (not isinstance(bare, str) and key_text(bare) == text)


def member_of(value: Json, names: Names) -> Json | Absent:
    """What a value holds below these names."""
    for name in names:
        if not isinstance(value, dict) or name not in value:
            return ABSENT
        value = value[name]
    return value


def wrapped(value: Json, wrapper: Names) -> Json:
    """The value inside its wrapper."""
    for name in reversed(wrapper):
        value = {name: value}
    return value
