"""The application behind a real server, spoken to over a real socket."""

import json
import socket
from typing import BinaryIO

import attrs
import uvicorn

from adapters.http.address import API
from adapters.http.watch import Watch
from tests.adapters.http.speaking import KNOWN_SECRET, Site

ORDERS = f"{API}/orders/".encode()
KEY = b"X-API-Key: " + KNOWN_SECRET.encode() + b"\r\n"


@attrs.frozen
class Wire:
    """A connection that sends bytes as they are."""

    socket: socket.socket
    stream: BinaryIO

    def ask(self, method: bytes, target: bytes, headers: bytes = KEY, body: bytes = b"") -> "Parsed":
        """Send a request and read one response."""
        self.send(method + b" " + target + b" HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n" + body)
        return self.read(without_body=method == b"HEAD")

    def close(self) -> None:
        """Leave."""
        self.stream.close()
        self.socket.close()

    def send(self, raw: bytes) -> None:
        """Send bytes."""
        self.socket.sendall(raw)

    def read(self, *, without_body: bool = False) -> "Parsed":
        """Read one response, by its Content-Length."""
        stream = self.stream
        status = stream.readline()
        headers: dict[str, str] = {}
        while (line := stream.readline().strip()) != b"":
            name, _, value = line.decode().partition(": ")
            headers[name.lower()] = value
        length = 0 if without_body else int(headers.get("content-length", "0"))
        return Parsed(int(status.split()[1]), headers, stream.read(length))


@attrs.frozen
class Parsed:
    """One response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> str:
        """The code of a failure."""
        code: str = json.loads(self.body)["error"]["code"]
        return code


@attrs.frozen
class Served:
    """The application behind uvicorn, in a thread."""

    site: Site
    server: uvicorn.Server
    watch: Watch
    port: int
    wires: list[Wire] = attrs.field(factory=list)

    def grant(self, **limits: float) -> None:
        """Grant the connections to come other limits."""
        self.watch.limits = attrs.evolve(self.watch.limits, **limits)

    def connect(self) -> Wire:
        """A new connection."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=15)
        self.wires.append(Wire(connection, connection.makefile("rb")))
        return self.wires[-1]


def flood(wire: Wire, piece: bytes, pieces: int) -> int:
    """Send pieces until the other side closes; tell how many went."""
    for number in range(pieces):
        try:
            wire.send(piece)
        except ConnectionError:
            return number
    return pieces
