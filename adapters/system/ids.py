"""Ids that sort by time, and secrets, from the operating system's randomness."""

import os
import random
import secrets
import string
import time
from collections.abc import Callable
from threading import Lock

from core.ports.id_source import IdSource

_NANOSECONDS_PER_MILLISECOND = 1_000_000
_FRACTION_BITS = 12
_FRACTION = (1 << _FRACTION_BITS) - 1
_VERSION = 0x7 << _FRACTION_BITS
_VARIANT = 0b10 << 62
_SECRET_ALPHABET = string.ascii_letters + string.digits
_SECRET_LENGTH = 32


class SystemIds(IdSource):
    """UUIDv7 with the time to a 4096th of a millisecond (RFC 9562, 6.2, method 3) and 62 random bits."""

    def __init__(self, nanoseconds: Callable[[], int] = time.time_ns) -> None:
        self._nanoseconds = nanoseconds
        self._random = random.Random(os.urandom(32))
        self._last = -1
        self._lock = Lock()
        self._head = (-1, "")

    def new_id(self) -> str:
        """An id greater than every one before, also when the clock stands still or steps back."""
        return self._written(self._take_ticks(1))

    def new_ids(self, count: int) -> list[str]:
        """As many ids, in their order."""
        first = self._take_ticks(count)
        return [self._written(tick) for tick in range(first, first + count)]

    def new_secret(self) -> str:
        """32 letters and digits: 190 random bits."""
        return "".join(secrets.choice(_SECRET_ALPHABET) for _ in range(_SECRET_LENGTH))

    def _take_ticks(self, count: int) -> int:
        """The first of as many ticks that nobody has had."""
        first = (self._nanoseconds() << _FRACTION_BITS) // _NANOSECONDS_PER_MILLISECOND
        with self._lock:
            if first <= self._last:
                first = self._last + 1
            self._last = first + count - 1
        return first

    def _written(self, tick: int) -> str:
        millisecond, head = self._head
        if millisecond != tick >> _FRACTION_BITS:
            millisecond, head = self._head = _head(tick >> _FRACTION_BITS)
        tail = f"{(tick & _FRACTION | _VERSION) << 64 | _VARIANT | self._random.getrandbits(62):x}"
        return f"{head}{tail[:4]}-{tail[4:8]}-{tail[8:]}"


def _head(millisecond: int) -> tuple[int, str]:
    """What the ids of one millisecond begin with."""
    return millisecond, f"{millisecond >> 16:08x}-{millisecond & 0xFFFF:04x}-"
