"""What a codec is, and the plain ones that copy."""

from typing import Final, Protocol

import attrs

from core.mapping.model import Json, Unconvertible

A_TEXT: Final = "a text"


class BadOption(ValueError):
    """An option that makes no codec: the member to blame, what would be right, and perhaps the fix."""

    def __init__(self, member: str, message: str, fix: str | None = None) -> None:
        super().__init__(message)
        self.member = member
        self.message = message
        self.fix = fix


class Codec(Protocol):
    """A pair of partial functions with decode(encode(x)) = x; absence and null never reach it.

    A value of exactly the type `kind_test` decodes to itself, one of `encode_kind_test` encodes to itself
    (`object`: every value does; None: no type does), so that generated code can skip the call. Whole numbers
    are itself only where `bounded` is false or they lie within ±LARGEST_INTEGER.
    """

    @property
    def kind_test(self) -> type | None: ...
    @property
    def encode_kind_test(self) -> type | None: ...
    @property
    def bounded(self) -> bool: ...

    def decode(self, value: Json) -> Json:
        """The internal value; Unconvertible if the partner's is none."""

    def encode(self, value: Json) -> Json:
        """The partner's value; Unconvertible if the internal one has none."""


@attrs.frozen
class Copy:
    """Any value, as it is."""

    kind_test: type | None = object
    encode_kind_test: type | None = object
    bounded: bool = False

    def decode(self, value: Json) -> Json:
        """The value itself."""
        return value

    def encode(self, value: Json) -> Json:
        """The value itself."""
        return value


@attrs.frozen
class OfKind:
    """The values of exactly one kind, as they are."""

    kind_test: type
    expected: str
    bounded: bool = False

    @property
    def encode_kind_test(self) -> type:
        """Both directions copy."""
        return self.kind_test

    def decode(self, value: Json) -> Json:
        """The value, if it is of the kind."""
        if type(value) is self.kind_test:
            return value
        raise Unconvertible("wrong_type", self.expected)

    def encode(self, value: Json) -> Json:
        """The value, if it is of the kind."""
        return self.decode(value)


COPY: Final = Copy()
TEXT: Final = OfKind(str, A_TEXT)
BOOLEAN: Final = OfKind(bool, "true or false")
OBJECT: Final = OfKind(dict, "an object")
ARRAY: Final = OfKind(list, "an array")
