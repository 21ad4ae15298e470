"""Text steps, codec and lookup as code: the common kind is tested in place, the rest is a call."""

from decimal import Decimal
from typing import Final

import attrs

from core.mapping.codecs import LARGEST_INTEGER, Codec
from core.mapping.codecs.choices import Choices
from core.mapping.codecs.numbers import IntegerAsText
from core.mapping.conversion import Conversion, Inbound, Outbound
from core.mapping.generate.runtime import coding, converting
from core.mapping.generate.script import Script
from core.mapping.model import Json
from core.mapping.rules import Nulls

_KIND_NAMES: Final[dict[type, str]] = {
    str: "str", int: "int", float: "float", bool: "bool", list: "list", dict: "dict", Decimal: "Decimal"
}
_IN_RANGE: Final = f"-{LARGEST_INTEGER} <= {{0}} <= {LARGEST_INTEGER}"


@attrs.frozen
class Converter:
    """Writes the conversion of one read in one direction."""

    script: Script
    codec: Codec
    conversion: Conversion | None
    inbound: bool

    @property
    def nulls(self) -> Nulls:
        """What becomes of null."""
        match self.conversion:
            case Inbound(nulls):
                return nulls
            case Outbound(True):
                return "absent"
            case _:
                return "keep"

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

    def write(self, variable: str, *, tolerant: bool) -> None:
        """Convert the value in a variable; OTHER_KIND if it has a kind that another alternative may have."""
        if self.conversion is None:
            return
        if not self._is_coding:
            call = self.script.bind(converting(self.conversion, tolerant=tolerant))
            self.script.line(f"{variable} = {call}({variable}, l)")
        elif not self._codes:
            if self.nulls == "reject":
                self.script.line(f"if {variable} is None: raise X")
        else:
            self._code(variable, tolerant=tolerant)

    @property
    def _is_coding(self) -> bool:
        """Whether nothing but a codec is at work."""
        match self.conversion:
            case Inbound(_, None, _, _, None) | Outbound(_, None, _, None) | None:
                return True
            case _:
                return False

    @property
    def _codes(self) -> bool:
        match self.conversion:
            case Inbound(_, _, _, code, _) | Outbound(_, _, code, _):
                return code is not None
            case _:
                return False

    def _code(self, variable: str, *, tolerant: bool) -> None:
        code = self.codec.decode if self.inbound else self.codec.encode
        call = f"{self.script.bind(coding(code, self.nulls, tolerant=tolerant))}({variable})"
        if isinstance(self.codec, Choices):
            table = self.script.bind(_texts(self.codec, inbound=self.inbound))
            self.script.line(f"{variable} = {table}[{variable}] if type({variable}) is str else {call}")
        elif isinstance(self.codec, IntegerAsText) and not self.inbound:
            text = f"f'{{{variable}}}{self.codec.tail}'"
            is_whole = f"type({variable}) is int and {_IN_RANGE.format(variable)}"
            self.script.line(f"{variable} = {text} if {is_whole} else {call}")
        else:
            self._unless_kind(variable, call)

    def _unless_kind(self, variable: str, call: str) -> None:
        kind = self.codec.kind_test if self.inbound else self.codec.encode_kind_test
        if kind not in _KIND_NAMES:
            self.script.line(f"{variable} = {call}")
            return
        test = f"type({variable}) is not {_KIND_NAMES[kind]}"
        if self.codec.bounded and kind is int:
            test = f"{test} or not {_IN_RANGE.format(variable)}"
        self.script.line(f"if {test}: {variable} = {call}")


def _texts(codec: Choices, *, inbound: bool) -> dict[str, Json]:
    """The values for the texts of one side; of two pairs the first counts."""
    table: dict[str, Json] = {}
    for partner, internal in codec.pairs:
        given, wanted = (partner, internal) if inbound else (internal, partner)
        if isinstance(given, str):
            table.setdefault(given, wanted)
    return table
