"""The path language: parse, show, and JSON Pointers."""

import attrs

from core.mapping.path_parser import (
    MAX_CHARACTERS,
    MAX_EACH,
    MAX_STEPS,
    BadPath,
    check_name,
    check_size,
    columns,
    parse_steps,
)
from core.mapping.path_texts import pointer, quoted, show
from core.mapping.steps import EACH, OUTWARD, SAME, Keyed, Mark, Prefix, Step, Steps, is_array_step, with_each

__all__ = [
    "EACH",
    "MAX_CHARACTERS",
    "MAX_EACH",
    "MAX_STEPS",
    "OUTWARD",
    "SAME",
    "BadPath",
    "Keyed",
    "Mark",
    "Path",
    "Prefix",
    "Step",
    "Steps",
    "check_name",
    "check_size",
    "columns",
    "is_array_step",
    "parse",
    "pointer",
    "quoted",
    "show",
    "with_each",
]


@attrs.frozen
class Path:
    """A parsed path: member names, element indexes and the special steps."""

    steps: Steps

    def __str__(self) -> str:
        return show(self.steps)


def parse(text: str, around: Steps = ()) -> Path:
    """Read a path; BadPath says what is wrong with the text, and where.

    The steps of the groups `around` it come first, and the limits hold for the whole.
    """
    return Path(parse_steps(text, around))
