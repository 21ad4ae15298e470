"""The address of a request, read from the path as it was sent: an identifier may hold any character."""

from urllib.parse import unquote_to_bytes

import attrs

from core.entities.resource import Resource
from core.errors import Problem, Refusal, ValidationFailed

API = "/api/integrations/v1"
RECORD = "record"


@attrs.frozen
class Address:
    """`route` is what is routed by, a record's identifier replaced by one word; None: no path leads there."""

    route: str | None
    identifier: str | None = None
    refusal: Refusal | None = None


NOWHERE = Address(None)
_COLLECTIONS = {f"{API}/{resource}".encode(): Address(f"{API}/{resource}") for resource in Resource}
_RECORDS = {path: f"{address.route}/{RECORD}" for path, address in _COLLECTIONS.items()}


def read_address(raw_path: bytes) -> Address:
    """Split before decoding, so that `WH%2FSHELF-01` stays one segment."""
    path = raw_path.removesuffix(b"/")
    if (known := _COLLECTIONS.get(path)) is not None:
        return known
    collection, _, last = path.rpartition(b"/")
    if b"%" in collection:
        collection = _normal(collection)
    route = _RECORDS.get(collection)
    if route is None:
        return _plain_address(raw_path)
    if not last:
        return NOWHERE
    identifier = _decoded(last)
    if identifier is None:
        return Address(route, refusal=ValidationFailed(problems=[bad_text(last, "identifier")]))
    return Address(route, identifier)


def _normal(path: bytes) -> bytes:
    """Without needless percent-encoding; as it is where a segment holds a slash or no UTF-8."""
    address = _plain_address(path)
    return path if address.route is None else address.route.encode()


def _plain_address(raw_path: bytes) -> Address:
    first, *segments = raw_path.split(b"/")
    if segments and not segments[-1]:
        segments.pop()
    names = [_decoded(segment) for segment in segments]
    if first or any(not name or "/" in name for name in names):
        return NOWHERE
    return Address("/" + "/".join(name for name in names if name))


def _decoded(segment: bytes) -> str | None:
    """The segment's text; None where it is no UTF-8 or holds U+0000."""
    try:
        text = (unquote_to_bytes(segment) if b"%" in segment else segment).decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def bad_text(sent: bytes, field: str, subject: str = "") -> Problem:
    """What is wrong with a text that no database could keep."""
    try:
        unquote_to_bytes(sent).decode()
    except UnicodeDecodeError:
        return Problem((), "INVALID", f"{subject}is not percent-encoded UTF-8", sent_as=field)
    return Problem((), "INVALID", f"{subject}holds U+0000", sent_as=field)
