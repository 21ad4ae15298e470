"""A client that sends its whole body first still gets the answer that was given before."""

import http.client
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from adapters.http.lingering import LingeringTransport
from tests.adapters.http.serving import KEY, ORDERS, Served, flood
from tests.adapters.http.speaking import KNOWN_SECRET

SIZE = 12 * 2**20
PIECE = 2**16


def pieces() -> Iterator[bytes]:
    """12 MiB, sent in chunks."""
    for _ in range(SIZE // PIECE):
        yield b"x" * PIECE


@pytest.mark.parametrize("connection", ["close", "keep-alive"])
@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("key", "status"), [(KNOWN_SECRET, 413), ("", 403), ("sk_live_unknown", 401)])
def test_a_large_body_is_answered(
    served: Served, connection: str, chunked: bool, key: str, status: int
) -> None:
    client = http.client.HTTPConnection("127.0.0.1", served.port, timeout=15)
    body = pieces() if chunked else b"x" * SIZE
    headers = {"X-API-Key": key, "Connection": connection, "Content-Type": "application/json"}

    client.request("POST", ORDERS.decode(), body, headers, encode_chunked=chunked)
    response = client.getresponse()

    assert response.status == status
    assert b'"success":false' in response.read()
    client.close()


def test_urllib_gets_the_answer(served: Served) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{served.port}{ORDERS.decode()}",
        b"x" * SIZE,
        {"X-API-Key": KNOWN_SECRET, "Content-Type": "application/json"},
    )

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)

    with refused.value as response:
        assert response.code == 413


def test_a_refused_head_with_a_large_body_is_answered(served: Served) -> None:
    client = http.client.HTTPConnection("127.0.0.1", served.port, timeout=15)

    client.request("FOO", ORDERS.decode(), b"x" * SIZE)
    response = client.getresponse()

    assert response.status == 405
    assert b"METHOD_NOT_ALLOWED" in response.read()
    client.close()


@pytest.mark.parametrize("connection", [b"close", b"keep-alive"])
def test_who_sends_slowly_after_the_answer_is_not_waited_for(
    served: Served, connection: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LingeringTransport, "linger_seconds", 0.2)
    wire = served.connect()
    refused = wire.ask(b"POST", ORDERS, b"Connection: " + connection + b"\r\nContent-Length: 10000000\r\n")
    begun = time.monotonic()

    accepted = 0
    while time.monotonic() < begun + 10 and still_takes(wire.socket):
        accepted += 1
        time.sleep(0.02)

    assert refused.status == 403
    assert 0 < accepted < 100


def still_takes(connection: socket.socket) -> bool:
    """Send a byte; tell whether the other side still has the connection."""
    try:
        return connection.send(b"x") == 1
    except ConnectionError:
        return False


@pytest.mark.parametrize("connection", [b"close", b"keep-alive"])
def test_who_sends_without_end_after_the_answer_is_cut_off(
    served: Served, connection: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LingeringTransport, "linger_bytes", 2**20)
    wire = served.connect()
    refused = wire.ask(b"POST", ORDERS, b"Connection: " + connection + b"\r\nContent-Length: 9000000000\r\n")

    accepted = flood(wire, b"x" * PIECE, 2000)

    assert refused.status == 403
    assert 2**20 / PIECE / 2 < accepted < 2000


def test_a_kept_connection_is_not_idle_without_end_after_a_discarded_body(served: Served) -> None:
    served.grant(idle_seconds=1)
    wire = served.connect()
    refused = wire.ask(b"POST", ORDERS, b"Content-Length: 4\r\n")
    wire.send(b"1234")

    assert refused.status == 403
    assert wire.ask(b"GET", b"/healthz", KEY).status == 200
    assert wire.stream.read() == b""


def test_a_discarded_body_leaves_the_idle_time_running(served: Served) -> None:
    served.grant(idle_seconds=1)
    wire = served.connect()
    assert wire.ask(b"POST", ORDERS, b"Content-Length: 4\r\n").status == 403
    wire.send(b"1234")
    wire.socket.settimeout(4)

    assert wire.stream.read() == b""


def test_a_server_that_stops_waits_no_longer_than_it_must(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LingeringTransport, "linger_seconds", 0.2)
    wire = served.connect()
    assert wire.ask(b"POST", ORDERS, b"Content-Length: 4\r\n").status == 403

    served.server.should_exit = True

    assert wire.stream.read() == b""
