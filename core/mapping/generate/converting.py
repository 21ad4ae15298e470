"""Text steps, codec and lookup as code: the common kind is tested in place, the rest is a call."""

from decimal import Decimal
from typing import Final

import attrs

from core.mapping.codecs import Codec
from core.mapping.codecs.choices import Choices
from core.mapping.codecs.numbers import IntegerAsText, Number
from core.mapping.conversion import Conversion, Inbound, Outbound
from core.mapping.generate.runtime import coding, converting, refuse_null
from core.mapping.generate.script import Script
from core.mapping.model import Json
from core.mapping.rules import Nulls

_KIND_NAMES: Final[dict[type, str]] = {
    str: "str",
    int: "int",
    float: "float",
    bool: "bool",
    list: "list",
    dict: "dict",
    Decimal: "Decimal",
}
_IN_RANGE: Final = "-1000000000 < {0} < 1000000000"
"""Compared in one machine word; the codec is asked about larger numbers."""


@attrs.define
class Converter:
    """Writes the conversion of one read in one direction."""

    script: Script
    codec: Codec
    conversion: Conversion | None
    inbound: bool

    nulls: Nulls = attrs.field(init=False)
    _is_coding: bool = attrs.field(init=False)
    _codes: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        match self.conversion:
            case Inbound(nulls, text, _, code, lookup):
                self.nulls = nulls
            case Outbound(null_is_absent, text, code, lookup):
                self.nulls = "absent" if null_is_absent else "keep"
            case _:
                self.nulls, text, code, lookup = "keep", None, None, None
        self._is_coding = text is None and lookup is None
        self._codes = code is not None

    @property
    def is_copy(self) -> bool:
        """Whether every value that is there stays as it is."""
        return self.conversion is None or (self._is_coding and not self._codes and self.nulls != "reject")

    @property
    def may_lose(self) -> bool:
        """Whether a value can come to nothing."""
        return not self._is_coding

    @property
    def may_give_null(self) -> bool:
        """Whether something else than null can become null."""
        return isinstance(self.codec, Choices) or not self._is_coding

    @property
    def refuses_null(self) -> bool:
        """Whether converting null is a deviation."""
        return self.nulls == "reject" and (self._codes or not self._is_coding)

    def write(self, variable: str, *, tolerant: bool) -> None:
        """Convert the value in a variable; OTHER_KIND if it has a kind that another alternative may have."""
        text = self.converted(variable, tolerant=tolerant)
        if text != variable:
            self.script.line(f"{variable} = {text}")

    def converted(self, variable: str, *, tolerant: bool = False, at: str = "") -> str:
        """An expression for the value, converted: of the variable, or what is `at` a place, read into it."""
        text = self._converted(variable, tolerant=tolerant)
        if not at:
            return text
        test = f"type({variable})"
        if test in text:
            return text.replace(test, f"type({variable} := {at})", 1)
        return text.replace(variable, at, 1)

    def _converted(self, variable: str, *, tolerant: bool) -> str:
        if self.conversion is None:
            return variable
        if not self._is_coding:
            return f"{self.script.bind(converting(self.conversion, tolerant=tolerant))}({variable}, l)"
        if self._codes:
            return self._coded(variable, tolerant=tolerant)
        if self.nulls == "reject":
            return f"{self.script.share('refuse null', lambda: refuse_null)}({variable})"
        return variable

    def _coded(self, variable: str, *, tolerant: bool) -> str:
        call = f"{self._coding(tolerant=tolerant)}({variable})"
        if isinstance(self.codec, Choices):
            table = self.script.bind(_texts(self.codec, inbound=self.inbound))
            return f"{table}[{variable}] if type({variable}) is str else {call}"
        if isinstance(self.codec, IntegerAsText) and not self.inbound:
            text = f"f'{{{variable}}}{self.codec.tail}'"
            return f"{text} if {self._is_of_kind(int, variable, bounded=True)} else {call}"
        kind = self.codec.kind_test if self.inbound else self.codec.encode_kind_test
        if type(self.codec) is Number and (self.inbound or self.codec.scale is None):
            return f"{variable} if type({variable}) is float or type({variable}) is int else {call}"
        if kind in _KIND_NAMES:
            return f"{variable} if {self._is_of_kind(kind, variable, bounded=self.codec.bounded)} else {call}"
        return call

    def _coding(self, *, tolerant: bool) -> str:
        """The function of this direction of the codec; rules that need the same share it."""
        code = self.codec.decode if self.inbound else self.codec.encode
        key = (id(self.codec), self.nulls, tolerant)
        return self.script.share(key, lambda: coding(code, self.nulls, tolerant=tolerant))

    @staticmethod
    def _is_of_kind(kind: type, variable: str, *, bounded: bool) -> str:
        test = f"type({variable}) is {_KIND_NAMES[kind]}"
        return f"{test} and {_IN_RANGE.format(variable)}" if bounded and kind is int else test


def _texts(codec: Choices, *, inbound: bool) -> dict[str, Json]:
    """The values for the texts of one side; of two pairs the first counts."""
    table: dict[str, Json] = {}
    for partner, internal in codec.pairs:
        given, wanted = (partner, internal) if inbound else (internal, partner)
        if isinstance(given, str):
            table.setdefault(given, wanted)
    return table
