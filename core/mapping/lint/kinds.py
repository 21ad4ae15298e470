"""Which kinds of value a rule can make on our side."""

from typing import Final, TypeAlias

from core.mapping.codecs.choices import Choices
from core.mapping.codecs.codec import Codec, Copy, OfKind
from core.mapping.codecs.numbers import Integer, Number
from core.mapping.model import ABSENT, Json
from core.mapping.paths import Prefix
from core.mapping.rules import Joined, Rule

Kinds: TypeAlias = "frozenset[str] | None"
"""JSON Schema's words for kinds; None for any."""

_TEXT: Final = frozenset({"string"})
_NUMBERS: Final = frozenset({"integer", "number"})
_NAMED: Final = {
    str: "string",
    bool: "boolean",
    dict: "object",
    list: "array",
    type(None): "null",
    int: "integer",
}


def kind_of(value: Json) -> str:
    """The kind of a value; whole numbers are integers however they are written."""
    if isinstance(value, float) and value.is_integer():
        return "integer"
    return _NAMED.get(type(value), "number")


def made_by(rule: Rule) -> Kinds:
    """The kinds that a rule can write on our side, defaults left aside."""
    if rule.const is not ABSENT:
        return frozenset({kind_of(rule.const)})
    if rule.test is not None:
        return frozenset({"boolean"})
    if rule.name_and_value is not None or _is_prefix(rule):
        return frozenset({"object"})
    if rule.gather:
        return frozenset({"array"}) if rule.separator is None else _TEXT
    if rule.total:
        return _NUMBERS
    if rule.lookup is not None or rule.separator is not None:
        return _TEXT
    least = _NUMBERS if rule.minimum is not None else None
    return made_by_codec(rule.codec) or least or _made_by_texts(rule)


def made_by_codec(codec: Codec) -> Kinds:
    """The kinds that a codec decodes to."""
    match codec:
        case Copy():
            return None
        case OfKind():
            return frozenset({_NAMED[codec.kind_test]})
        case Integer():
            return frozenset({"integer"})
        case Number():
            return frozenset({"number", "integer"})
        case Choices():
            return frozenset(kind_of(internal) for _, internal in codec.pairs)
        case _:
            return _TEXT


def _made_by_texts(rule: Rule) -> Kinds:
    """What is joined, or went through steps on a text, is a text."""
    texts = all(
        isinstance(alternative, Joined) or alternative.text is not None for alternative in rule.alternatives
    )
    return _TEXT if texts and rule.alternatives else None


def _is_prefix(rule: Rule) -> bool:
    return any(place.path and isinstance(place.path[-1], Prefix) for place in rule.places)
