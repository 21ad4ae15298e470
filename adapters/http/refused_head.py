"""The head of a request that the parser refuses, read again: some of it deserves a better answer than 400."""

import re
from typing import Final

import attrs
import httptools

_REQUEST_LINE: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}) [^ ]+ HTTP/1\.[01]\r\n")
_BEYOND_COUNTING: Final = re.compile(rb"(?i)(\r\ncontent-length:[ \t]*)(0*[1-9]\d{19,})(?=[ \t]*\r\n)")
Headers = list[tuple[bytes, bytes]]


@attrs.frozen
class Head:
    """What the application needs of a head."""

    method: str = ""
    path: bytes = b""
    query: bytes = b""
    headers: Headers = attrs.field(factory=list)


@attrs.define
class _Reading:
    """Takes what the parser finds."""

    url: bytes = b""
    headers: Headers = attrs.field(factory=list)

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))


def read_again(raw: bytes) -> Head | None:
    """The head, if a method nobody knows or a length beyond counting is all that is wrong with it."""
    start = _REQUEST_LINE.match(raw)
    if start is None:
        return None
    method = start[1]
    head = b"".join(raw.partition(b"\r\n\r\n")[:2])
    length = _BEYOND_COUNTING.search(head)
    if length is None and not _is_unknown(method):
        return None
    countable = _BEYOND_COUNTING.sub(rb"\g<1>0", head)
    return _read(method.decode("ascii"), b"GET" + countable[len(method) :], length and length[2])


def _is_unknown(method: bytes) -> bool:
    try:
        httptools.HttpRequestParser(_Reading()).feed_data(method + b" / HTTP/1.1\r\n")
    except httptools.HttpParserError:
        return True
    return False


def _read(method: str, head: bytes, length: bytes | None) -> Head | None:
    """Read a head whose method and length were replaced, and put them back."""
    reading = _Reading()
    try:
        httptools.HttpRequestParser(reading).feed_data(head)
        url = httptools.parse_url(reading.url)
    except (httptools.HttpParserError, httptools.HttpParserUpgrade):
        return None
    headers = [
        (name, length if length and name == b"content-length" else value) for name, value in reading.headers
    ]
    return Head(method, url.path or b"", url.query or b"", headers)
