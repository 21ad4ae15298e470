"""How steps are worded: text in quotes, and a few kinds of words that read as part of the sentence."""

import re
from collections.abc import Callable, Mapping

import attrs
from pytest_bdd.parsers import StepParser

from core.entities.order import OrderStatus
from core.entities.resource import Resource

_SLOT = re.compile(r'"\{(?P<quoted>\w+)\}"|\{(?P<name>\w+):(?P<kind>\w+)\}')

_CALLER = (
    r'the partner(?: "[^"]*")?|the pass-through client|the client with the (?:key|former secret of) "[^"]*"'
    r"|a client without a key|a client with an (?:empty|unknown) key|a client with a mistyped key"
)


@attrs.frozen
class Kind:
    """What may stand in a slot, and what it is read as."""

    pattern: str
    read: Callable[[str], object]


def _status(words: str) -> OrderStatus:
    return OrderStatus(words.replace(" ", "_"))


KINDS: Mapping[str, Kind] = {
    "text": Kind('"[^"]*"', lambda quoted: quoted[1:-1]),
    "number": Kind(r"\d+", int),
    "caller": Kind(_CALLER, str),
    "action": Kind("create|read|list|change|delete", str),
    "record": Kind("order|product|location", lambda noun: Resource(noun + "s")),
    "records": Kind("|".join(Resource), Resource),
    "status": Kind("|".join(status.replace("_", " ") for status in OrderStatus), _status),
    "a_record": Kind("an order|a product|a location", lambda noun: Resource(noun.split()[1] + "s")),
    "code": Kind("[A-Z_]+", str),
    "span": Kind("days|hours", str),
}


class Phrase(StepParser):
    """A step's wording with slots: `"{number}"` for text, `{count:number}` for one of the kinds.

    What stands in parentheses may be left out.
    """

    def __init__(self, wording: str) -> None:
        super().__init__(wording)
        self._kinds = {
            slot["quoted"] or slot["name"]: KINDS[slot["kind"] or "text"] for slot in _SLOT.finditer(wording)
        }
        self._regex = re.compile(_pattern(wording))

    def is_matching(self, name: str) -> bool:
        return self._regex.fullmatch(name) is not None

    def parse_arguments(self, name: str) -> dict[str, object] | None:
        found = self._regex.fullmatch(name)
        if found is None:
            return None
        return {slot: self._kinds[slot].read(words) for slot, words in found.groupdict().items()}


def _pattern(wording: str) -> str:
    parts, end = [], 0
    for slot in _SLOT.finditer(wording):
        kind = KINDS[slot["kind"] or "text"]
        parts += [
            _literal(wording[end : slot.start()]),
            f"(?P<{slot['quoted'] or slot['name']}>{kind.pattern})",
        ]
        end = slot.end()
    return "".join(parts) + _literal(wording[end:])


def _literal(words: str) -> str:
    return re.escape(words).replace(r"\(", "(?:").replace(r"\)", ")?")
