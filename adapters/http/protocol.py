"""HTTP/1.1 with bounds: the head of a request must be small and soon complete."""

import asyncio
from asyncio.events import TimerHandle
from typing import Final

from uvicorn.config import Config
from uvicorn.server import ServerState

from adapters.http.answering import HEAD_TOO_LARGE, AnsweringProtocol

MAX_HEAD_BYTES: Final = 256 * 1024


class GuardedProtocol(AnsweringProtocol):
    """uvicorn limits neither the size of a head nor the time it takes; this ends such connections."""

    head_seconds: float = 15

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._head_bytes = 0
        self._head_timer: TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Start to wait for the first request."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what a head is made of after its first piece."""
        was_in_head = self.in_head
        super().data_received(data)
        if self.in_head:
            self._head_bytes += len(data) if was_in_head else 0
            if self._head_bytes > MAX_HEAD_BYTES:
                self.send_400_response(HEAD_TOO_LARGE)
            elif self._head_timer is None:
                self._wait_for_head()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        """The head is complete."""
        super().on_headers_complete()
        if self._head_timer is not None:
            self._stop_waiting()

    def send_400_response(self, msg: str) -> None:
        """There is no head to wait for."""
        self._stop_waiting()
        super().send_400_response(msg)

    def _wait_for_head(self) -> None:
        self._head_timer = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
