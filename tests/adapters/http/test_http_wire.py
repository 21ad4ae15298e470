"""What only a real server and a real socket show."""

import json
import signal
import threading
import time

import pytest

from adapters.http.address import API
from adapters.http.body import MAX_BYTES
from core.use_cases.call import Answer, Call
from tests.adapters.http.serving import KEY, ORDERS, Served, flood
from tests.support.waiting import wait_until


def test_an_encoded_slash_travels(served: Served) -> None:
    response = served.connect().ask(b"GET", f"{API}/locations/WH%2FSHELF-01/?x=a%2Fb".encode())

    call = served.site.core.calls[0]
    assert response.status == 200
    assert (call.identifier, call.query) == ("WH/SHELF-01", {"x": "a/b"})


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"%00", 400),
        (b"%FF", 400),
        (b"%252F", 200),
        (b"..", 200),
        (b"%2e%2e", 200),
        (b"/x", 404),
        (b"x//", 404),
    ],
)
def test_hostile_paths_are_answered_in_an_envelope(served: Served, target: bytes, status: int) -> None:
    response = served.connect().ask(b"GET", ORDERS + target)

    assert response.status == status
    assert json.loads(response.body)["success"] is (status == 200)


def test_a_connection_is_kept(served: Served) -> None:
    wire = served.connect()

    for _ in range(3):
        assert wire.ask(b"GET", ORDERS).status == 200
    assert wire.ask(b"GET", b"/nowhere").status == 404
    assert wire.ask(b"POST", ORDERS, KEY + b"Content-Length: 2\r\n", b"{}").status == 200
    assert len(served.site.core.calls) == 4


def test_head_sends_no_body_and_the_connection_goes_on(served: Served) -> None:
    wire = served.connect()

    for target in (ORDERS, b"/nowhere", b"/changelog"):
        response = wire.ask(b"HEAD", target)
        assert int(response.headers["content-length"]) > 0
    assert wire.ask(b"GET", ORDERS).status == 200


def test_options_has_neither_body_nor_length(served: Served) -> None:
    wire = served.connect()

    response = wire.ask(b"OPTIONS", ORDERS)

    assert response.status == 204
    assert "content-length" not in response.headers
    assert "transfer-encoding" not in response.headers
    assert wire.ask(b"GET", ORDERS).status == 200


def test_a_chunked_body_is_put_together(served: Served) -> None:
    chunks = b'8\r\n{"a": [1\r\n3\r\n]}\n\r\n0\r\n\r\n'

    response = served.connect().ask(b"POST", ORDERS, KEY + b"Transfer-Encoding: chunked\r\n", chunks)

    assert response.status == 200
    assert served.site.core.calls[0].raw == b'{"a": [1]}\n'


def test_a_chunked_body_over_the_limit_is_refused_before_its_end(served: Served) -> None:
    wire = served.connect()
    wire.send(b"POST " + ORDERS + b" HTTP/1.1\r\nHost: x\r\n" + KEY + b"Transfer-Encoding: chunked\r\n\r\n")
    chunk = b"%x\r\n" % 2**16 + b"x" * 2**16 + b"\r\n"
    for _ in range(MAX_BYTES // 2**16 + 1):
        wire.send(chunk)

    response = wire.read()

    assert (response.status, response.code) == (413, "PAYLOAD_TOO_LARGE")


def test_a_declared_length_over_the_limit_is_refused_unread(served: Served) -> None:
    headers = KEY + b"Content-Length: %d\r\nExpect: 100-continue\r\n" % (MAX_BYTES + 1)

    response = served.connect().ask(b"POST", ORDERS, headers)

    assert (response.status, response.code) == (413, "PAYLOAD_TOO_LARGE")


def test_after_a_refused_body_the_connection_still_makes_sense(served: Served) -> None:
    wire = served.connect()
    body = b"x" * (MAX_BYTES + 1)

    refused = wire.ask(b"POST", ORDERS, KEY + b"Content-Length: %d\r\n" % len(body), body)
    after = wire.ask(b"GET", ORDERS)

    assert (refused.status, after.status) == (413, 200)


def test_a_body_without_a_key_is_skipped(served: Served) -> None:
    wire = served.connect()
    body = b"x" * 300_000

    refused = wire.ask(b"POST", ORDERS, b"Content-Length: %d\r\n" % len(body), body)
    after = wire.ask(b"GET", ORDERS)

    assert (refused.status, after.status) == (403, 200)


def test_continue_is_said_to_who_waits_for_it(served: Served) -> None:
    wire = served.connect()
    wire.send(
        b"POST "
        + ORDERS
        + b" HTTP/1.1\r\nHost: x\r\n"
        + KEY
        + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    )

    interim = wire.read()
    wire.send(b"{}")
    final = wire.read()

    assert (interim.status, final.status) == (100, 200)


def test_pipelined_requests_are_answered_in_order(served: Served) -> None:
    wire = served.connect()
    served.site.core.result = lambda call: Answer({"identifier": call.identifier})
    names = [b"a", b"b", b"c"]
    wire.send(
        b"".join(b"GET " + ORDERS + name + b" HTTP/1.1\r\nHost: x\r\n" + KEY + b"\r\n" for name in names)
    )

    bodies = [json.loads(wire.read().body) for _ in names]

    assert [body["data"]["identifier"] for body in bodies] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"FOO / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
    ],
)
def test_what_is_no_http_is_refused_and_the_server_lives(served: Served, garbage: bytes) -> None:
    wire = served.connect()
    wire.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    first = wire.read()
    wire.send(garbage)
    answered = wire.socket.recv(65536)

    assert first.status == 200
    assert answered == b"" or answered.startswith(b"HTTP/1.1 4")
    assert served.connect().ask(b"GET", b"/healthz").status == 200


def test_who_leaves_early_does_no_harm(served: Served) -> None:
    for sent in (
        b"GET " + ORDERS,
        b"POST " + ORDERS + b" HTTP/1.1\r\n" + KEY + b"Content-Length: 100\r\n\r\n{",
    ):
        wire = served.connect()
        wire.send(sent)
        wire.close()

    assert served.connect().ask(b"GET", ORDERS).status == 200
    assert served.site.events("fault") == []


def test_a_head_that_never_ends_is_not_kept(served: Served) -> None:
    wire = served.connect()
    wire.send(b"GET /healthz HTTP/1.1\r\n")

    accepted = flood(wire, b"X-Filler: " + b"x" * 100_000 + b"\r\n", 2000)

    assert accepted < 2000
    assert served.connect().ask(b"GET", b"/healthz").status == 200


def test_a_large_head_is_taken(served: Served) -> None:
    headers = KEY + b"".join(b"X-Filler-%d: %b\r\n" % (number, b"x" * 1000) for number in range(60))

    response = served.connect().ask(b"GET", ORDERS + b"x" * 60_000 + b"/", headers)

    assert response.status == 200
    assert len(served.site.core.calls[0].identifier or "") == 60_000
    wait_until(lambda: served.site.events("request") != [])
    assert len(served.site.events("request")[0]["path"]) < 1000


def test_head_and_body_of_a_response_leave_in_one_piece(served: Served) -> None:
    wire = served.connect()

    for _ in range(5):
        wire.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert wire.socket.recv(65536).endswith(b'\r\n\r\n{"status":"alive"}')


def test_a_large_answer_arrives_whole(served: Served) -> None:
    served.site.core.result = lambda call: Answer("x" * 5_000_000)

    response = served.connect().ask(b"GET", ORDERS)

    assert len(json.loads(response.body)["data"]) == 5_000_000


def test_who_closes_after_the_answer_gets_all_of_it(served: Served) -> None:
    served.site.core.result = lambda call: Answer("x" * 500_000)
    wire = served.connect()

    response = wire.ask(b"GET", ORDERS, KEY + b"Connection: close\r\n")

    assert len(json.loads(response.body)["data"]) == 500_000
    assert wire.stream.read() == b""


def test_the_server_does_not_tell_its_name(served: Served) -> None:
    response = served.connect().ask(b"GET", b"/healthz")

    assert "server" not in response.headers
    assert "date" in response.headers


def test_an_upgrade_is_not_taken(served: Served) -> None:
    headers = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"

    assert served.connect().ask(b"GET", b"/healthz", headers).status == 200


def test_a_call_under_way_is_finished_when_the_server_stops(served: Served) -> None:
    begun = threading.Event()

    def slow(call: Call) -> Answer:
        begun.set()
        time.sleep(0.3)
        return Answer({"done": True})

    served.site.core.result = slow
    wire = served.connect()
    wire.send(b"GET " + ORDERS + b" HTTP/1.1\r\nHost: x\r\n" + KEY + b"\r\n")
    begun.wait(5)

    served.server.handle_exit(signal.SIGTERM, None)
    response = wire.read()

    assert response.status == 200
    wait_until(lambda: not served.server.servers or not served.server.servers[0].is_serving())
