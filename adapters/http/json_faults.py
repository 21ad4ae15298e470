"""Strict JSON, the exact way: everything that is wrong with a document, and where."""

import json
import math
from collections import Counter
from typing import Final

import attrs

from core.entities.json import Json, JsonObject
from core.errors import Place, Problem, ValidationFailed
from core.mapping.paths import pointer, show

MAX_DEPTH: Final = 64
MAX_FAULTS: Final = 100
_MAX_SHOWN = 256
_LARGEST: Final = 2**63 - 1
_MAX_DIGITS = 20
_TOO_DEEP = f"is nested more than {MAX_DEPTH} levels deep"


@attrs.frozen
class _BadNumber:
    """Stands where a number does that is none here."""

    code: str
    message: str


_TOO_LARGE = _BadNumber("OUT_OF_RANGE", "must be an integer within signed 64 bits")
_NO_NUMBERS = {
    word: _BadNumber("INVALID", f"{word} is no JSON number") for word in ("NaN", "Infinity", "-Infinity")
}


class _RepeatingObject(dict[str, Json]):
    """An object in whose text keys were repeated."""

    pairs: list[tuple[str, Json]]

    def repeated(self) -> list[str]:
        """The keys that stand more than once."""
        counts = Counter(name for name, _ in self.pairs)
        return [name for name, count in counts.items() if count > 1]


def examine(raw: bytes) -> Json:
    """The document; ValidationFailed with every wrong place (at most 100)."""
    document = _parse(_text_of(raw))
    problems = _Walk().run(document)
    if problems:
        raise ValidationFailed(problems=problems)
    return document


def _text_of(raw: bytes) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _malformed("the body begins with a byte-order mark; send it without")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise _malformed(f"the body is not valid UTF-8 at byte {error.start}") from error


def _parse(text: str) -> Json:
    try:
        document: Json = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_constant=_NO_NUMBERS.__getitem__
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _malformed(f"the body is not valid JSON: {error.msg} at {where}") from error
    except RecursionError as error:
        raise _malformed(f"the body {_TOO_DEEP}") from error
    return document


def _malformed(message: str) -> ValidationFailed:
    return ValidationFailed(message, [Problem((), "INVALID", message, sent_as="")])


def _object(pairs: list[tuple[str, Json]]) -> JsonObject:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    repeating = _RepeatingObject(members)
    repeating.pairs = pairs
    return repeating


def _integer(digits: str) -> int | _BadNumber:
    if len(digits) <= _MAX_DIGITS and -_LARGEST - 1 <= (number := int(digits)) <= _LARGEST:
        return number
    return _TOO_LARGE


class _Walk:
    """Goes through a parsed document and collects its faults."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._left: list[tuple[Place, list[Json] | JsonObject]] = []

    def run(self, document: Json) -> list[Problem]:
        self._value((), document)
        while self._left and not self._is_full():
            self._container(*self._left.pop())
        return self.problems[:MAX_FAULTS]

    def _container(self, place: Place, container: list[Json] | JsonObject) -> None:
        if isinstance(container, list):
            for index, value in enumerate(container):
                if type(value) is not int:
                    self._value((*place, index), value)
                    if self._is_full():
                        break
        else:
            self._object(place, container)

    def _object(self, place: Place, members: JsonObject) -> None:
        if isinstance(members, _RepeatingObject):
            for name in members.repeated():
                self._add(place, "NOT_UNIQUE", f"the key {_shown(name)} stands more than once in one object")
        for name, value in members.items():
            if fault := _text_fault(name):
                self._add(place, "INVALID", f"the key {_shown(name)} {fault}")
            else:
                self._value((*place, name), value)
            if self._is_full():
                break

    def _is_full(self) -> bool:
        return len(self.problems) >= MAX_FAULTS

    def _value(self, place: Place, value: Json | _BadNumber) -> None:
        if isinstance(value, str):
            if fault := _text_fault(value):
                self._add(place, "INVALID", f"the text {fault}")
        elif isinstance(value, dict | list):
            if len(place) < MAX_DEPTH:
                self._left.append((place, value))
            else:
                self._add((), "INVALID", f"the body {_TOO_DEEP}")
        elif isinstance(value, _BadNumber):
            self._add(place, value.code, value.message)
        elif isinstance(value, float) and not math.isfinite(value):
            self._add(place, "OUT_OF_RANGE", "must be a finite number that fits into 64 bits")

    def _add(self, place: Place, code: str, message: str) -> None:
        shown = show(place)
        if len(shown) > _MAX_SHOWN:
            self.problems.append(Problem(place, code, message, sent_as=f"{shown[:_MAX_SHOWN]}…"))
        else:
            self.problems.append(Problem(place, code, message, sent_as=shown, pointer=pointer(place)))


def _text_fault(text: str) -> str | None:
    if "\0" in text:
        return "holds U+0000"
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"holds a lone surrogate at character {error.start}"
    return None


def _shown(name: str) -> str:
    return ascii(name[:40]) + ("…" if len(name) > 40 else "")
