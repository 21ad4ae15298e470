"""A keep-alive HTTP connection that tells a whole answer from none."""

import asyncio
import json
import time
from types import TracebackType
from typing import Final

import attrs
import httptools

PATIENCE: Final = 40.0
"""Seconds until a client gives up; longer than any time-out of the server."""
_IDLE_SECONDS = 10.0


@attrs.frozen
class Answer:
    """Status, headers (names in lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Reading:
    """Collects one answer."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.parts: list[bytes] = []
        self.complete = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, part: bytes) -> None:
        self.parts.append(part)

    def on_message_complete(self) -> None:
        self.complete = True


@attrs.define
class Wire:
    """One connection to the server, one request at a time."""

    port: int
    key: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used: float = attrs.field(factory=time.monotonic)

    @classmethod
    async def open(cls, port: int, key: str = "") -> "Wire":
        """Connect."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        return cls(port, key, reader, writer)

    async def send(
        self, method: str, path: str, document: object = None, request_id: str = "soak"
    ) -> Answer | None:
        """Send a request; None if the connection ends, or patience does, before its answer is whole."""
        body = b"" if document is None else json.dumps(document).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {self.key}\r\n"
            f"X-Request-ID: {request_id}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        try:
            async with asyncio.timeout(PATIENCE):
                await self._renew()
                self.writer.write(head.encode() + body)
                return await self._answer()
        except (ConnectionError, TimeoutError):
            return None

    async def _renew(self) -> None:
        """A server may close what was idle for so long."""
        if time.monotonic() - self.used > _IDLE_SECONDS:
            self.writer.close()
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def _answer(self) -> Answer | None:
        reading = _Reading()
        parser = httptools.HttpResponseParser(reading)
        while not reading.complete:
            data = await self.reader.read(65536)
            if not data:
                return None
            parser.feed_data(data)
        self.used = time.monotonic()
        return Answer(parser.get_status_code(), reading.headers, b"".join(reading.parts))

    async def __aenter__(self) -> "Wire":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.writer.close()
