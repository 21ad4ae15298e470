"""The texts of paths: the canonical one, and JSON Pointers."""

import re
from typing import Final

from core.mapping.model import Place
from core.mapping.steps import OUTWARD, Keyed, Mark, Prefix, Step, Steps

BARE_NAME: Final = re.compile(r"""[^.\[\]'"\\\x00-\x1f\x7f]+""")
_SHOWN: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\\": "\\\\", "'": "\\'"}


def show(steps: Steps | Place) -> str:
    """The one canonical text of these steps."""
    text = ""
    for step in steps:
        if isinstance(step, str) and step.isidentifier():
            text += f".{step}" if text else step
            continue
        if type(step) is int:
            text += f"[{step}]"
            continue
        shown = _shown(step)
        text += shown if not text or shown[0] == "[" else f".{shown}"
    return text


def pointer(steps: Steps | Place) -> str:
    """The JSON Pointer (RFC 6901) of a place, as far as it is one."""
    text = ""
    for step in steps:
        if not isinstance(step, str | int):
            break
        text += "/" + str(step).replace("~", "~0").replace("/", "~1")
    return text


def quoted(name: str) -> str:
    """The text in single quotes, escaped as RFC 9535 normalizes it."""
    return "'" + "".join(_SHOWN.get(c) or (c if c >= " " else f"\\u{ord(c):04x}") for c in name) + "'"


def _shown(step: Step) -> str:
    match step:
        case str():
            return step if _is_bare(step) else f"[{quoted(step)}]"
        case int():
            return f"[{step}]"
        case Keyed(member, text):
            name = member if _is_bare(member) and "=" not in member else quoted(member)
            return f"[{name}={quoted(text)}]"
        case Prefix(beginning):
            return beginning + "*"
        case Mark():
            return step.value


def _is_bare(name: str) -> bool:
    return (
        BARE_NAME.fullmatch(name) is not None
        and name == name.strip(" ")
        and name != OUTWARD.value
        and not name.endswith("*")
    )
