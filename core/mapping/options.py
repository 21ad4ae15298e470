"""Typed reading of the members of a mapping document."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from core.mapping.codecs import BadOption
from core.mapping.model import Json
from core.mapping.paths import BadPath


@contextmanager
def blaming(member: str) -> Iterator[None]:
    """Whatever cannot be read inside is this member's fault."""
    try:
        yield
    except (BadPath, BadOption) as bad:
        bad.member = member
        raise


class Options:
    """The members of one rule, group or mapping; BadOption names the one of the wrong kind."""

    def __init__(self, document: Mapping[str, Json]) -> None:
        self.document = document

    def __contains__(self, member: str) -> bool:
        return member in self.document

    def get(self, member: str) -> Json:
        """The member as it is; None if it is not there."""
        return self.document.get(member)

    def text(self, member: str) -> str | None:
        """A text, or None."""
        value = self.document.get(member)
        if value is None or isinstance(value, str):
            return value
        raise BadOption(member, "a text is due")

    def flag(self, member: str, *, default: bool) -> bool:
        """True or false."""
        value = self.document.get(member, default)
        if isinstance(value, bool):
            return value
        raise BadOption(member, "true or false is due")

    def number(self, member: str) -> int | float | Decimal | None:
        """A number, or None."""
        value = self.document.get(member)
        if value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool)):
            return value
        raise BadOption(member, "a number is due")

    def word(self, member: str, *words: str) -> str:
        """One of these words; the first if the member is not there."""
        value = self.document.get(member, words[0])
        if isinstance(value, str) and value in words:
            return value
        raise BadOption(member, f"one of {', '.join(words)} is due")

    def items(self, member: str) -> list[Json]:
        """An array; empty if the member is not there."""
        value = self.document.get(member, [])
        if isinstance(value, list):
            return value
        raise BadOption(member, "an array is due")

    def object(self, member: str) -> "Options | None":
        """The options inside an object, or None."""
        value = self.document.get(member)
        if value is None:
            return None
        return self.of(member, value)

    def texts(self, member: str) -> list[str]:
        """An array of texts; a single text is an array of one."""
        value = self.document.get(member, [])
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list):
            texts = [text for text in listed if isinstance(text, str)]
            if len(texts) == len(listed):
                return texts
        raise BadOption(member, "a text, or an array of texts, is due")

    @staticmethod
    def of(member: str, value: Json) -> "Options":
        """The options that an object holds."""
        if isinstance(value, dict):
            return Options(value)
        raise BadOption(member, "an object is due")
