"""A connection that sends bytes as they are, and tells every kind of ending apart."""

import socket
from types import TracebackType

import attrs
import httptools

_SECONDS = 20


@attrs.frozen
class Answer:
    """What came back; status 0: the connection ended without a whole answer."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The value of a header, by its name in lower case."""
        return next((value for header, value in self.headers if header == name), None)


class _Reading:
    """Collects one answer; `is_head`: it ends with its head."""

    def __init__(self) -> None:
        self.headers: list[tuple[str, str]] = []
        self.parts: list[bytes] = []
        self.has_head = False
        self.complete = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.decode("latin-1").lower(), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        self.has_head = True

    def on_body(self, part: bytes) -> None:
        self.parts.append(part)

    def on_message_complete(self) -> None:
        self.complete = True


@attrs.define
class Connection:
    """Kept open as long as the server keeps it, made anew when it is needed."""

    port: int
    _socket: socket.socket | None = None

    def send(self, raw: bytes) -> None:
        """Send a request."""
        for attempt in (1, 2):
            try:
                if self._socket is None:
                    self._socket = socket.create_connection(("127.0.0.1", self.port), _SECONDS)
                self._socket.sendall(raw)
                return
            except ConnectionError:
                self.close()
                if attempt == 2:
                    return

    def receive(self, *, is_head: bool) -> Answer:
        """The answer to what was sent."""
        reading = _Reading()
        parser = httptools.HttpResponseParser(reading)
        try:
            while not (reading.complete or (is_head and reading.has_head)):
                data = self._socket.recv(1 << 20) if self._socket is not None else b""
                if not data:
                    self.close()
                    return Answer(0)
                parser.feed_data(data)
        except (ConnectionError, TimeoutError):
            self.close()
            return Answer(0)
        answer = Answer(parser.get_status_code(), tuple(reading.headers), b"".join(reading.parts))
        if answer.header("connection") == "close":
            self.close()
        return answer

    def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
