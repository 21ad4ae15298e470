"""HTTP/1.1 where the application answers what the parser refuses, and every answer arrives."""

import asyncio
from typing import Final

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from adapters.http.context import refuse
from adapters.http.lingering import LingeringTransport
from adapters.http.refused_head import Head, read_again
from core.errors import ValidationFailed

MAX_TARGET_BYTES: Final = 2**16 - 1  # more is beyond httptools
HEAD_TOO_LARGE: Final = "The head of the request is too large"


class AnsweringProtocol(HttpToolsProtocol):
    """uvicorn answers malformed requests in plain text, at once, and closes with bytes unread."""

    wire: LingeringTransport

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.in_head = False
        self._head: list[bytes] = []
        self._refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Let every close linger where it must."""
        self.wire = LingeringTransport(transport, self.loop)
        super().connection_made(self.wire)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more will arrive."""
        self.wire.unread = False
        self.wire.stop_discarding()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what nobody will read; keep a head until it is understood."""
        if self.wire.discards:
            self.wire.discard(len(data))
        if self._refused or self.wire.is_closing():
            return
        if self.in_head:
            self._head.append(data)
        elif not self.wire.unread:
            self._head = [data]
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self.in_head = True

    def on_headers_complete(self) -> None:
        """The head is understood; its body is still to come."""
        super().on_headers_complete()
        self.in_head, self._head = False, []
        self.wire.unread = True

    def on_message_complete(self) -> None:
        """The request has arrived whole."""
        super().on_message_complete()
        self.wire.unread = False
        if self.wire.discards:
            self.wire.stop_discarding()

    def on_response_complete(self) -> None:
        """Go on with the next request; what is left of an answered one is not waited for long.

        uvicorn does the same, but starts a timer for the idle time after each answer.
        """
        self.server_state.total_requests += 1
        if not self.transport.is_closing():
            self.flow.resume_reading()
            if self.pipeline:
                self._start_asgi_task(*self.pipeline.pop())
        if self.wire.unread and self.cycle.response_complete:
            self.flow.resume_reading()
            self.wire.discard_rest()

    def send_400_response(self, msg: str) -> None:
        """Let the application answer, after the requests before this one; then the connection ends."""
        head, refusal = self._judge(msg)
        self._refused, self.in_head = True, False
        if self.wire.unread and not self._withdraw():
            self.wire.close()
        else:
            self.wire.unread = True
            self._begin(head, refusal)

    def _judge(self, message: str) -> tuple[Head, ValidationFailed | None]:
        if not self.in_head:
            return Head(), ValidationFailed("The request is not well-formed HTTP/1.1")
        if len(self.url) > MAX_TARGET_BYTES:
            message = f"The target of the request is longer than {MAX_TARGET_BYTES} bytes"
        elif message != HEAD_TOO_LARGE:
            head = read_again(b"".join(self._head))
            if head is not None:
                return head, None
            message = "The head of the request is not well-formed HTTP/1.1"
        return Head(headers=self.headers), ValidationFailed(message)

    def _withdraw(self) -> bool:
        """Take back the request whose body is malformed; False when it has been answered."""
        cycle = self.cycle
        if cycle.response_started:
            return False
        if self.pipeline and self.pipeline[0][0] is cycle:
            self.pipeline.popleft()
        else:
            cycle.disconnected = True
            cycle.message_event.set()
        return True

    def _begin(self, head: Head, refusal: ValidationFailed | None) -> None:
        before = self.cycle
        self.cycle = self._cycle_without_body(head)
        if refusal is not None:
            refuse(self.scope["state"], refusal)
        if before is None or before.response_complete or before.disconnected:
            self._start_asgi_task(self.cycle, self.app)
        else:
            self.pipeline.appendleft((self.cycle, self.app))

    def _cycle_without_body(self, head: Head) -> RequestResponseCycle:
        super().on_message_begin()
        self.scope["method"] = head.method
        self.scope["path"] = head.path.decode("latin-1")
        self.scope["raw_path"] = head.path
        self.scope["query_string"] = head.query
        self.scope["headers"] = head.headers
        cycle = RequestResponseCycle(
            scope=self.scope,
            transport=self.wire,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=False,
            on_response=self.on_response_complete,
        )
        cycle.more_body = False
        cycle.message_event.set()
        return cycle
