"""Codecs of numbers: exact, and never through a binary fraction where the digits are known."""

import re
from typing import Final

import attrs

from core.mapping.codecs.codec import A_TEXT
from core.mapping.codecs.digits import (
    A_NUMBER,
    A_WHOLE_NUMBER,
    as_number,
    canonical,
    check_number,
    exact_in_number,
    exact_in_text,
    whole_in_number,
    whole_in_text,
    with_decimals,
    within_range,
)
from core.mapping.model import Json, Unconvertible

_CANONICAL_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,29}")
_LARGEST_TEXT_INTEGER: Final = 10**4000
_A_DECIMAL_TEXT: Final = "a decimal text"


@attrs.frozen
class Integer:
    """Whole numbers, read from numbers and texts, written as they are."""

    kind_test: type | None = int
    encode_kind_test: type | None = int
    bounded: bool = True

    def decode(self, value: Json) -> Json:
        """The whole number; a fraction of zero is none."""
        if type(value) is str:
            return within_range(whole_in_text(value))
        return within_range(value if type(value) is int else whole_in_number(value))

    def encode(self, value: Json) -> Json:
        """The whole number itself."""
        return within_range(value if type(value) is int else whole_in_number(value))


@attrs.frozen
class IntegerAsText(Integer):
    """Whole numbers that the partner writes as text, `tail` being the decimals of every one (".000")."""

    tail: str = ""
    encode_kind_test: type | None = None

    def encode(self, value: Json) -> Json:
        """The digits of the number and its empty decimals."""
        return f"{within_range(value if type(value) is int else whole_in_number(value))}{self.tail}"


@attrs.frozen
class TextOfInteger:
    """Whole numbers on the partner's side that are texts on ours: identifiers of any size."""

    kind_test: type | None = str
    encode_kind_test: type | None = None
    bounded: bool = False

    def decode(self, value: Json) -> Json:
        """The digits of a whole number; a text as it is."""
        if type(value) is str:
            return value
        number = value if type(value) is int else whole_in_number(value)
        if abs(number) >= _LARGEST_TEXT_INTEGER:
            raise Unconvertible("out_of_range", A_WHOLE_NUMBER)
        return str(number)

    def encode(self, value: Json) -> Json:
        """The whole number that a canonical text shows; any other text as it is."""
        if type(value) is not str:
            raise Unconvertible("wrong_type", A_TEXT)
        return int(value) if _CANONICAL_INTEGER.fullmatch(value) else value


@attrs.frozen
class Number:
    """Numbers as the parser gave them, or as a text shows them."""

    scale: int | None = None
    kind_test: type | None = float
    encode_kind_test: type | None = None
    bounded: bool = False

    def decode(self, value: Json) -> Json:
        """The number; of a text a float only where that is exact."""
        if type(value) is str:
            return as_number(exact_in_text(value))
        return check_number(value, A_NUMBER)

    def encode(self, value: Json) -> Json:
        """The number itself; more decimals than `scale` are refused."""
        number = check_number(value, A_NUMBER)
        if self.scale is not None:
            with_decimals(exact_in_number(number), self.scale)
        return number


@attrs.frozen
class NumberAsText(Number):
    """Numbers that the partner writes as text."""

    def encode(self, value: Json) -> Json:
        """The digits, with `scale` decimals where that is set."""
        return with_decimals(exact_in_number(value), self.scale)


@attrs.frozen
class Money:
    """Amounts: a canonical decimal text on our side, a text with `scale` decimals on the partner's."""

    scale: int | None = None
    kind_test: type | None = None
    encode_kind_test: type | None = None
    bounded: bool = False

    def decode(self, value: Json) -> Json:
        """The canonical text of the number."""
        return canonical(exact_in_text(value) if type(value) is str else exact_in_number(value))

    def encode(self, value: Json) -> Json:
        """The text with `scale` decimals."""
        if type(value) is not str:
            raise Unconvertible("wrong_type", _A_DECIMAL_TEXT)
        return with_decimals(exact_in_text(value, _A_DECIMAL_TEXT), self.scale)


@attrs.frozen
class MoneyAsNumber(Money):
    """Amounts that the partner writes as number."""

    def encode(self, value: Json) -> Json:
        """The number with all its digits."""
        if type(value) is not str:
            raise Unconvertible("wrong_type", _A_DECIMAL_TEXT)
        number = exact_in_text(value, _A_DECIMAL_TEXT)
        with_decimals(number, self.scale)
        return as_number(number)
