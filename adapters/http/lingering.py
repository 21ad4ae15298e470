"""A connection that is closed only after what the client was still sending has been read."""

import asyncio
from asyncio.events import TimerHandle
from typing import ClassVar

from adapters.http.one_write import OneWriteTransport


class LingeringTransport(OneWriteTransport):
    """Closing with bytes unread resets the connection, and the client loses the answer (RFC 9112, 9.6).

    `unread` tells that a request has not arrived whole; its rest is thrown away, within bounds.
    """

    linger_seconds: ClassVar[float] = 5
    linger_bytes: ClassVar[int] = 64 * 2**20

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(transport, loop)
        self.unread = False
        self._lingers = False
        self._left = 0
        self._timer: TimerHandle | None = None

    @property
    def discards(self) -> bool:
        """Whether what arrives is thrown away."""
        return self._timer is not None

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send, unless the last answer has been given."""
        if not self._lingers:
            super().write(data)

    def close(self) -> None:
        """Close; with bytes unread, end the own side and wait for the other to end."""
        if not self.unread:
            self._end()
        elif not self._lingers:
            self._flush()
            self._lingers = True
            if self._transport.can_write_eof() and not self._transport.is_closing():
                self._transport.write_eof()
            self.discard_rest()

    def is_closing(self) -> bool:
        """Whether it is closed or about to be."""
        return self._lingers or super().is_closing()

    def discard_rest(self) -> None:
        """Throw away what arrives from now on, and close for good when that takes too long."""
        if self._timer is None:
            self._left = self.linger_bytes
            self._timer = self._loop.call_later(self.linger_seconds, self._end)

    def discard(self, size: int) -> None:
        """Count what was thrown away, and close for good when it is too much."""
        self._left -= size
        if self._left < 0:
            self._end()

    def stop_discarding(self) -> None:
        """Nothing is left to throw away."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end(self) -> None:
        self.stop_discarding()
        self._lingers = True
        super().close()
