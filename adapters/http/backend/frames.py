"""Messages between two processes of ours: each is a pickle after its length in four bytes.

Pickle is safe here: the socket is one of a pair, which nobody else holds.
"""

import pickle
import struct
from collections.abc import Iterator
from typing import Any

_LENGTH = struct.Struct("!I")


def frame(message: object) -> bytes:
    """The message, ready to be sent."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


class Frames:
    """Puts messages together again from what arrives."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def read(self, data: bytes) -> Iterator[Any]:
        """The messages that are whole by now."""
        self._bytes += data
        start = 0
        with memoryview(self._bytes) as view:
            while (end := self._end(start)) <= len(view):
                with view[start + _LENGTH.size : end] as body:
                    yield pickle.loads(body)
                start = end
        del self._bytes[:start]

    def _end(self, start: int) -> int:
        body = start + _LENGTH.size
        if len(self._bytes) < body:
            return body
        (length,) = _LENGTH.unpack_from(self._bytes, start)
        return body + int(length)
