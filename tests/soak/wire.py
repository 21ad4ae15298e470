"""A keep-alive HTTP connection that tells a whole answer from none."""

import asyncio
import json
from types import TracebackType

import attrs
import httptools


@attrs.frozen
class Answer:
    """Status and body."""

    status: int
    body: bytes


class _Reading:
    """Collects one answer."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.complete = False

    def on_body(self, part: bytes) -> None:
        self.parts.append(part)

    def on_message_complete(self) -> None:
        self.complete = True


@attrs.define
class Wire:
    """One connection to the server, one request at a time."""

    key: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, port: int, key: str) -> "Wire":
        """Connect."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        return cls(key, reader, writer)

    async def send(self, method: str, path: str, document: object, request_id: str) -> Answer | None:
        """Send a request; None if the connection ends before its answer is whole."""
        body = json.dumps(document).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {self.key}\r\n"
            f"X-Request-ID: {request_id}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        try:
            self.writer.write(head.encode() + body)
            return await self._answer()
        except ConnectionError:
            return None

    async def _answer(self) -> Answer | None:
        reading = _Reading()
        parser = httptools.HttpResponseParser(reading)
        while not reading.complete:
            data = await self.reader.read(65536)
            if not data:
                return None
            parser.feed_data(data)
        return Answer(parser.get_status_code(), b"".join(reading.parts))

    async def __aenter__(self) -> "Wire":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.writer.close()
