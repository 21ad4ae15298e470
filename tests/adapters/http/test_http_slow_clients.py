"""Clients that take their time: each is waited for so long and no longer, and none keeps others out."""

import json
import socket
import struct
import threading
import time

import pytest

from core.use_cases.call import Answer
from tests.adapters.http.serving import KEY, ORDERS, Served, Wire
from tests.support.waiting import wait_until

POST = b"POST " + ORDERS + b" HTTP/1.1\r\nHost: x\r\n" + KEY
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


def is_ended(wire: Wire) -> bool:
    """Whether the server ends the connection without another word."""
    try:
        return wire.socket.recv(100) == b""
    except ConnectionResetError:
        return True


def drip(wire: Wire, piece: bytes, seconds: float, pause: float = 0.02) -> None:
    """Send piece after piece as long as the server takes them."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            wire.send(piece)
        except ConnectionError:
            return
        time.sleep(pause)


@pytest.mark.parametrize("sent", [b"", b"G", b"GET /healthz HTTP/1.1\r\nHost: x\r\n"])
def test_who_does_not_finish_a_head_is_not_waited_for(served: Served, sent: bytes) -> None:
    served.grant(head_seconds=0.1)
    wire = served.connect()
    wire.send(sent)

    assert is_ended(wire)


def test_a_head_that_comes_drop_by_drop_is_not_waited_for(served: Served) -> None:
    served.grant(head_seconds=0.3)
    wire = served.connect()
    begun = time.monotonic()

    wire.send(b"GET /healthz HTTP/1.1\r\n")
    drip(wire, b"X-Drop: 1\r\n", seconds=5)

    assert time.monotonic() - begun < 2


def test_a_slow_head_on_a_kept_connection_is_not_waited_for(served: Served) -> None:
    served.grant(head_seconds=0.1)
    wire = served.connect()
    assert wire.ask(b"GET", b"/healthz").status == 200

    wire.send(b"GET /healthz HTTP/1.1\r\n")

    assert is_ended(wire)


def test_an_idle_connection_is_kept_for_its_time(served: Served) -> None:
    served.grant(head_seconds=0.1, idle_seconds=1)
    wire = served.connect()
    assert wire.ask(b"GET", b"/healthz").status == 200
    time.sleep(0.6)
    assert wire.ask(b"GET", b"/healthz").status == 200

    begun = time.monotonic()
    assert is_ended(wire)
    assert 0.8 < time.monotonic() - begun < 2


def test_empty_lines_do_not_keep_a_connection(served: Served) -> None:
    served.grant(idle_seconds=0.3)
    wire = served.connect()
    assert wire.ask(b"GET", b"/healthz").status == 200
    begun = time.monotonic()

    drip(wire, b"\r\n", seconds=5)

    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("length", [b"Content-Length: 100\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"])
@pytest.mark.parametrize("begun", [b"", b"8\r\n{"])
def test_a_body_that_does_not_come_is_a_request_timeout(served: Served, length: bytes, begun: bytes) -> None:
    served.grant(body_seconds=0.2)
    wire = served.connect()
    wire.send(POST + length + begun)

    answer = wire.read()

    error = json.loads(answer.body)["error"]
    assert (answer.status, error["code"], error["details"]) == (408, "REQUEST_TIMEOUT", [])
    assert "0.2 seconds" in error["message"]
    assert answer.headers["connection"] == "close"
    assert is_ended(wire)
    wait_until(lambda: served.site.entries() != [])
    (entry,) = served.site.entries()
    assert (entry.response_status, entry.status, entry.raw_payload) == (408, "validation_error", None)


def test_the_key_is_judged_before_the_time(served: Served) -> None:
    served.grant(body_seconds=0.2)
    wire = served.connect()
    wire.send(
        b"POST " + ORDERS + b" HTTP/1.1\r\nHost: x\r\nX-API-Key: sk_live_x\r\nContent-Length: 9\r\n\r\n{"
    )

    assert wire.read().status == 401
    assert served.site.entries() == []


def test_a_body_that_comes_drop_by_drop_is_given_up(served: Served) -> None:
    served.grant(body_seconds=0.5)
    wire = served.connect()
    begun = time.monotonic()
    wire.send(POST + b"Content-Length: 100000\r\n\r\n")

    dripping = threading.Thread(target=drip, args=(wire, b" ", 5))
    dripping.start()
    answer = wire.read()
    dripping.join()

    assert answer.status == 408
    assert time.monotonic() - begun < 3


def test_a_body_that_keeps_coming_is_waited_for(served: Served) -> None:
    served.grant(body_seconds=0.4)
    wire = served.connect()
    size = 64 * 1024
    wire.send(POST + b"Content-Length: %d\r\n\r\n" % (10 * size + 2))

    for _ in range(10):
        wire.send(b" " * size)
        time.sleep(0.1)
    wire.send(b"{}")

    assert wire.read().status == 200


def test_a_long_call_and_a_slow_body_are_waited_for(served: Served) -> None:
    served.grant(head_seconds=0.05, idle_seconds=0.05)
    served.site.core.result = lambda call: (time.sleep(0.6), Answer({}))[1]
    wire = served.connect()
    wire.send(POST + b"Content-Length: 2\r\n\r\n{")
    time.sleep(0.4)
    wire.send(b"}")

    assert wire.read().status == 200


def test_half_a_head_behind_a_long_call_does_not_lose_its_answer(served: Served) -> None:
    served.grant(head_seconds=0.1)
    served.site.core.result = lambda call: (time.sleep(0.6), Answer({}))[1]
    wire = served.connect()
    wire.send(POST + b"Content-Length: 2\r\n\r\n{}" + b"GET /healthz HT")

    assert wire.read().status == 200
    assert is_ended(wire)


def test_a_late_body_behind_a_long_call_is_judged_by_its_key_too(served: Served) -> None:
    served.grant(body_seconds=0.1)
    served.site.core.result = lambda call: (time.sleep(0.6), Answer({}))[1]
    wire = served.connect()
    wire.send(POST + b"Content-Length: 2\r\n\r\n{}" + POST + b"Content-Length: 2\r\n\r\n{")

    assert [wire.read().status, wire.read().status] == [200, 408]
    assert len(served.site.entries()) == 2


def test_who_takes_no_answer_is_not_waited_for(served: Served) -> None:
    served.grant(body_seconds=0.3, idle_seconds=0.3)
    served.site.core.result = lambda call: Answer("x" * 30_000_000)
    wire = served.connect()

    wire.send((b"GET " + ORDERS + b" HTTP/1.1\r\nHost: x\r\n" + KEY + b"\r\n") * 2)

    wait_until(lambda: len(served.watch) == 1)
    wait_until(lambda: len(served.watch) == 0)


def test_who_takes_an_answer_slowly_gets_all_of_it(served: Served) -> None:
    served.grant(body_seconds=0.3, idle_seconds=0.3)
    served.site.core.result = lambda call: Answer("x" * 30_000_000)
    wire = served.connect()
    wire.send(b"GET " + ORDERS + b" HTTP/1.1\r\nHost: x\r\n" + KEY + b"\r\n")

    taken = 0
    while piece := wire.socket.recv(2_000_000):
        taken += len(piece)
        time.sleep(0.02)

    assert taken > 30_000_000


def test_half_open_calls_of_a_key_do_not_stop_its_other_calls(served: Served) -> None:
    for _ in range(60):
        served.connect().send(POST + b"Content-Length: 100\r\n\r\n{")

    begun = time.monotonic()
    answer = served.connect().ask(b"GET", ORDERS)

    assert answer.status == 200
    assert time.monotonic() - begun < 1


def test_who_is_waited_for_longest_makes_room(served: Served) -> None:
    served.grant(connections=3)
    idle, half_open, newer = served.connect(), served.connect(), served.connect()
    assert idle.ask(b"GET", b"/healthz").status == 200
    half_open.send(b"GET /")
    wait_until(lambda: len(served.watch) == 3)

    last = served.connect()

    assert last.ask(b"GET", b"/healthz").status == 200
    assert is_ended(half_open)
    assert idle.ask(b"GET", b"/healthz").status == 200
    assert newer.ask(b"GET", b"/healthz").status == 200


def test_connections_that_are_reset_leave_nothing_behind(served: Served) -> None:
    for sent in (b"", b"GET /", POST + b"Content-Length: 9\r\n\r\n{"):
        wire = served.connect()
        wire.send(sent)
        wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        wire.close()

    wait_until(lambda: len(served.watch) == 0)
    assert served.connect().ask(b"GET", b"/healthz").status == 200
    assert served.site.events("fault") == []
