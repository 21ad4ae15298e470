"""The front's end of the socket to the backend: what is asked, and who waits for the answer."""

import asyncio
from collections.abc import Callable
from itertools import count
from time import monotonic
from typing import Final, cast

from adapters.http.backend.frames import Frames, frame
from adapters.http.backend.messages import Message
from core.errors import ServiceUnavailable

MOST_WAITING: Final = 2000


class Link(asyncio.Protocol):
    """One connection: what is asked in one turn of the event loop is sent together.

    At most 2,000 wait for an answer. When the connection ends, all of them are told ServiceUnavailable, and
    then `ended` is called.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, ended: Callable[[], None]) -> None:
        self._loop = loop
        self._ended = ended
        self._frames = Frames()
        self._numbers = count()
        self._unsent: list[tuple[int, float, Message | None]] = []
        self._waiting: dict[int, asyncio.Future[Message]] = {}
        self._transport: asyncio.WriteTransport | None = None

    def ask(self, message: Message | None) -> asyncio.Future[Message]:
        """Send a message; the future has its answer. ServiceUnavailable without a connection or a place."""
        if self._transport is None or len(self._waiting) >= MOST_WAITING:
            raise ServiceUnavailable
        if not self._unsent:
            self._loop.call_soon(self._send)
        number = next(self._numbers)
        self._unsent.append((number, monotonic(), message))
        future = self._waiting[number] = self._loop.create_future()
        return future

    @property
    def oldest(self) -> int | None:
        """The number of what waits longest for its answer."""
        return next(iter(self._waiting), None)

    def close(self) -> None:
        """Hang up, as soon as all is sent."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let messages be sent."""
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """Hand every answer to who waits for it, unless it went away."""
        for answers in self._frames.read(data):
            for number, message in answers:
                future = self._waiting.pop(number)
                if not future.done():
                    future.set_result(message)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell all who wait."""
        self._transport = None
        waiting, self._waiting = self._waiting, {}
        for future in waiting.values():
            if not future.done():
                refusal = ServiceUnavailable()
                refusal.__cause__ = exc or ConnectionError("the backend ended")
                future.set_exception(refusal)
        self._ended()

    def _send(self) -> None:
        messages, self._unsent = self._unsent, []
        if self._transport is not None:
            self._transport.write(frame(messages))
