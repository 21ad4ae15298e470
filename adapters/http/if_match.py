"""`If-Match`: a change is wanted only of the record that the client knows (RFC 9110, section 13.1.1)."""

import re
from collections.abc import Collection, Iterable

import attrs

from adapters.http.entity_tag import entity_tag
from adapters.http.envelope import encode
from core.entities.json import Json
from core.errors import Problem, Refusal, ValidationFailed
from core.use_cases.call import Condition

_TAG = re.compile(rb'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_RIGHT = 'must be * or the ETag of an answer, in its double quotes; several with commas between: "x", "y"'


def read_if_match(headers: Iterable[tuple[bytes, bytes]]) -> tuple[Condition | None, Refusal | None]:
    """What the header demands, or what is wrong with it; a header sent twice is one list."""
    value = b",".join(value for name, value in headers if name == b"if-match").strip()
    if value == b"*":
        return _exists, None
    tags = _tags_in(value)
    if not tags:
        return None, ValidationFailed(problems=[Problem((), "INVALID", _RIGHT, sent_as="If-Match")])
    return _IsOneOf(tags), None


def _tags_in(value: bytes) -> Collection[bytes]:
    """The tags of a list; none if it is malformed. Its elements may be empty (section 5.6.1)."""
    around = _TAG.split(value)
    if any(text.strip(b" \t,") for text in around) or not all(b"," in text for text in around[1:-1]):
        return ()
    return frozenset(_TAG.findall(value))


def _exists(_: Json) -> bool:
    """It does: a condition is only asked of a record that was found."""
    return True


@attrs.frozen
class _IsOneOf:
    """Compared strongly: ours are strong, so a weak tag equals none of them."""

    tags: Collection[bytes]

    def __call__(self, data: Json) -> bool:
        """Whether the record has one of the tags."""
        return entity_tag(encode(data)) in self.tags
