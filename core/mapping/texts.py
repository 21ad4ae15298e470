"""Steps on a text: what dresses a partner's text is taken off before its codec sees it."""

import html
import re
from collections.abc import Callable
from typing import Final

import attrs

from core.mapping.codecs import BadOption
from core.mapping.model import ABSENT, Absent, Json, Unconvertible

Step = Callable[[str], str | Absent]

_BLANKS: Final = re.compile(r"\s+")
_TAG_STARTS: Final = re.compile(r"<[A-Za-z/!?]")
_MARK: Final = "\ue000"


@attrs.frozen
class TextSteps:
    """The steps of one rule, in order; outbound only what they put around the text is taken off again."""

    steps: tuple[Step, ...]
    two_way: bool
    prefix: str
    suffix: str

    def apply(self, text: str) -> str | Absent:
        """The text after all steps; absent if nothing is left of it."""
        for step in self.steps:
            changed = step(text)
            if changed is ABSENT:
                return ABSENT
            text = changed
        return text or ABSENT

    def undo(self, text: str) -> str:
        """The text without prefix and suffix; Unconvertible if they are not around something."""
        if not self.prefix and not self.suffix:
            return text
        end = len(text) - len(self.suffix)
        if len(self.prefix) < end and text.startswith(self.prefix) and text.endswith(self.suffix):
            return text[len(self.prefix) : end]
        raise Unconvertible("not_convertible", f'a text like "{self.prefix}…{self.suffix}"')


def text_steps(document: Json) -> TextSteps:
    """The steps that `text` names; BadOption if one of them is none."""
    named = [_step(step) for step in (document if isinstance(document, list) else [document])]
    steps = tuple(step for _, step in named)
    two_way = all(name in _TWO_WAY for name, _ in named)
    prefix, suffix = _around(steps) if two_way else ("", "")
    return TextSteps(steps, two_way, prefix, suffix)


def _around(steps: tuple[Step, ...]) -> tuple[str, str]:
    """What two-way steps put before and after a text, found by sending a mark through them."""
    text = _MARK
    for step in steps:
        changed = step(text)
        text = text if changed is ABSENT else changed
    before, _, after = text.partition(_MARK)
    return before, after


def _step(document: Json) -> tuple[str, Step]:
    if isinstance(document, str):
        if document in _PLAIN:
            return document, _PLAIN[document]
        raise BadOption("text", f'"{document}" is no step; {_STEPS}')
    if isinstance(document, dict) and len(document) == 1:
        ((name, operand),) = document.items()
        if name == "between":
            return name, _between_step(operand)
        if name in _WITH_TEXT:
            return name, _WITH_TEXT[name](_operand(name, operand))
    raise BadOption("text", f"a step is a word or an object with one member; {_STEPS}")


def _operand(name: str, operand: Json) -> str:
    if isinstance(operand, str) and operand:
        return operand
    raise BadOption("text", f"{name} is followed by a text that is not empty")


def _between_step(operand: Json) -> Step:
    if not isinstance(operand, list) or len(operand) != 2:
        raise BadOption("text", 'between is followed by two texts, such as ["[", "]"]')
    return _between(_operand("between", operand[0]), _operand("between", operand[1]))


def _collapse(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _unescape(text: str) -> str:
    """Resolve HTML entities; a numeric one too long to be a character stays as it is."""
    try:
        return html.unescape(text)
    except ValueError:
        return text


def _strip_tags(text: str) -> str:
    """The text between tags; a `<` that opens none stays."""
    kept = []
    start = 0
    for opening in _TAG_STARTS.finditer(text):
        if opening.start() < start:
            continue
        closing = text.find(">", opening.end())
        if closing < 0:
            break
        kept.append(text[start : opening.start()])
        start = closing + 1
    return "".join([*kept, text[start:]])


def _after(mark: str) -> Step:
    return lambda text: text.rpartition(mark)[2]


def _before(mark: str) -> Step:
    def before(text: str) -> str | Absent:
        head, found, _ = text.partition(mark)
        return head if found else ABSENT

    return before


def _between(opening: str, closing: str) -> Step:
    def between(text: str) -> str | Absent:
        end = text.find(closing, len(opening))
        return text[len(opening) : end] if text.startswith(opening) and end >= 0 else ABSENT

    return between


def _prefix(affix: str) -> Step:
    return lambda text: affix + text if text else ABSENT


def _suffix(affix: str) -> Step:
    return lambda text: text + affix if text else ABSENT


_PLAIN: Final[dict[str, Step]] = {
    "trim": str.strip,
    "collapse": _collapse,
    "unescape": _unescape,
    "strip_tags": _strip_tags,
    "upper": str.upper,
    "lower": str.lower,
}
_WITH_TEXT: Final[dict[str, Callable[[str], Step]]] = {
    "after": _after,
    "before": _before,
    "prefix": _prefix,
    "suffix": _suffix,
}
_TWO_WAY: Final = frozenset({"trim", "collapse", "upper", "lower", "prefix", "suffix"})
_STEPS: Final = f"steps are {', '.join([*_PLAIN, *_WITH_TEXT, 'between'])}"
