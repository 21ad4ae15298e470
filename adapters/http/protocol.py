"""HTTP/1.1 with bounds: a head must be small, and nobody is waited for without end."""

import asyncio
from math import inf
from typing import Final

from uvicorn.server import ServerState

from adapters.http.answering import HEAD_TOO_LARGE, AnsweringProtocol
from adapters.http.context import refuse_body
from adapters.http.guarded_config import GuardedConfig
from core.errors import RequestTimeout

MAX_HEAD_BYTES: Final = 256 * 1024
BODY_BYTES_PER_SECOND: Final = 64 * 1024
_CLOSING_SECONDS: Final = 5


class GuardedProtocol(AnsweringProtocol):
    """uvicorn limits neither the size of a head nor the time that heads, bodies and answers take.

    `deadline` moves where the client has something to do; the watch looks whether it has passed.
    """

    def __init__(
        self,
        config: GuardedConfig,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.watch = config.watch
        self.limits = config.watch.limits
        self.deadline = inf
        self._begun = 0.0
        self._bytes = 0
        self._unsent = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Start to wait for the first request."""
        super().connection_made(transport)
        self.deadline = self.loop.time() + self.limits.head_seconds
        if not self.watch.admit(self, self.loop):
            self.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self.watch.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bound what does not arrive in one piece."""
        was_in_head = self.in_head
        super().data_received(data)
        if self.in_head:
            self._bound_head(len(data), was_in_head)
        elif self.wire.unread:
            self._bound_body(len(data))

    def on_headers_complete(self) -> None:
        """The head is complete."""
        super().on_headers_complete()
        self._bytes = 0

    def on_message_complete(self) -> None:
        """The request has arrived whole: it is our turn, or the next request's."""
        super().on_message_complete()
        self.deadline = self._idle_until() if self.cycle.response_complete else inf

    def on_response_complete(self) -> None:
        """The client may send the next request, and take this answer."""
        super().on_response_complete()
        if self.cycle.response_complete and not self.in_head:
            self.deadline = self._idle_until()

    def send_400_response(self, msg: str) -> None:
        """There is no head to wait for."""
        self.deadline = self.loop.time() + self.limits.body_seconds
        super().send_400_response(msg)

    def pause_writing(self) -> None:
        """The client takes its answer slowly."""
        super().pause_writing()
        self.deadline = min(self.deadline, self.loop.time() + self.limits.body_seconds)

    def give_up(self, now: float) -> None:
        """End what the client did not end in time; a request without its body is refused."""
        unsent = self.wire.unsent_bytes()
        if unsent and unsent != self._unsent:
            self._unsent, self.deadline = unsent, now + self.limits.body_seconds
        elif unsent or self.wire.is_closing():
            self.abort()
        elif self.cycle is None or self.cycle.response_complete:
            self.deadline = now + _CLOSING_SECONDS
            self.wire.close()
        else:
            self.deadline = now + self.limits.head_seconds if self.in_head else inf
            if self.cycle.more_body:
                self._give_up_body()

    def abort(self) -> None:
        """End the connection at once."""
        self.wire.abort()

    def _give_up_body(self) -> None:
        cycle = self.cycle
        message = f"The body did not arrive in time: it may pause for {self.limits.body_seconds:g} seconds"
        refuse_body(cycle.scope["state"], RequestTimeout(message))
        cycle.body.clear()
        cycle.more_body = False
        cycle.message_event.set()

    def _idle_until(self) -> float:
        return self.loop.time() + self.limits.idle_seconds

    def _bound_head(self, size: int, was_in_head: bool) -> None:
        if was_in_head:
            self._bytes += size
        else:
            self._bytes = 0
            if self.cycle is not None:
                self.deadline = self.loop.time() + self.limits.head_seconds
        if self._bytes > MAX_HEAD_BYTES:
            self.send_400_response(HEAD_TOO_LARGE)

    def _bound_body(self, size: int) -> None:
        now = self.loop.time()
        if not self._bytes:
            self._begun = now
        self._bytes += size
        paced = self._begun + self._bytes / BODY_BYTES_PER_SECOND
        self.deadline = min(now, paced) + self.limits.body_seconds
