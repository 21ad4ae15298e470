"""Heads that the HTTP parser refuses are answered in the envelope too."""

import json

import pytest

from adapters.http.address import API
from core.use_cases.call import Answer, Call
from tests.adapters.http.serving import KEY, ORDERS, Parsed, Served
from tests.support.waiting import wait_until

ABSURD_LENGTH = b"Content-Length: 99999999999999999999999999\r\n"
MALFORMED = {
    "no words": b"\x00\x01\x02\r\n\r\n",
    "no target": b"GET\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\n\r\n",
    "a length in words": b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
    "two lengths": b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "an absurd and another length": b"DELETE %bx HTTP/1.1\r\nHost: x\r\n%b%bContent-Length: 2\r\n\r\n"
    % (ORDERS, KEY, ABSURD_LENGTH),
    "length and chunks": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
    "a raw byte in the target": b"DELETE %b\xc3\xa9 HTTP/1.1\r\nHost: x\r\n%b\r\n" % (ORDERS, KEY),
    "a long target": b"GET %b%b/ HTTP/1.1\r\nHost: x\r\n%b\r\n" % (ORDERS, b"x" * 70_000, KEY),
    "an unknown method and a bad header": b"FOO %b HTTP/1.1\r\nHo st: x\r\n\r\n" % ORDERS,
    "a large head": b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %b\r\n" % (n, b"x" * 9_000) for n in range(100)),
}


def send(served: Served, raw: bytes) -> Parsed:
    """Send bytes and read what comes, to the end of the connection."""
    wire = served.connect()
    wire.send(raw)
    response = wire.read()
    assert wire.stream.read() == b""
    return response


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_head_is_a_validation_error(served: Served, raw: bytes) -> None:
    response = send(served, raw)

    error = json.loads(response.body)["error"]
    assert (response.status, error["code"], error["details"]) == (400, "VALIDATION_ERROR", [])
    assert error["message"].endswith(".") or " " in error["message"]
    assert error["request_id"] == response.headers["x-request-id"] != ""
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["connection"] == "close"
    assert served.site.core.calls == []


def test_a_refused_head_is_logged_like_any_request(served: Served) -> None:
    response = send(served, b"GET / HTTP/9.9\r\n\r\n")

    wait_until(lambda: served.site.events("request") != [])
    logged = served.site.events("request")[0]
    assert (logged["status"], logged["error_code"]) == (400, "VALIDATION_ERROR")
    assert logged["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize(
    ("method", "target", "status", "allow"),
    [
        (b"FOO", f"{API}/orders/".encode(), 405, "GET, HEAD, OPTIONS, POST"),
        (b"FOO", f"{API}/orders/PO-1?x=1".encode(), 405, "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"),
        (b"get", f"{API}/orders/".encode(), 405, "GET, HEAD, OPTIONS, POST"),
        (b"GETS", b"/healthz", 405, "GET, HEAD, OPTIONS"),
        (b"FOO", f"{API}/nothing/".encode(), 404, None),
        (b"FOO", b"/", 405, "GET, HEAD, OPTIONS"),
    ],
)
def test_a_method_nobody_knows_is_refused_by_path_then_method(
    served: Served, method: bytes, target: bytes, status: int, allow: str | None
) -> None:
    response = send(served, method + b" " + target + b" HTTP/1.1\r\nHost: x\r\nX-Request-ID: mine\r\n\r\n")

    assert (response.status, response.headers.get("allow")) == (status, allow)
    assert response.code == ("NOT_FOUND" if status == 404 else "METHOD_NOT_ALLOWED")
    assert response.headers["x-request-id"] == "mine"
    assert response.headers["connection"] == "close"


def test_an_unknown_method_may_come_in_pieces_and_with_a_body(served: Served) -> None:
    wire = served.connect()
    assert wire.ask(b"GET", b"/healthz").status == 200
    wire.send(b"P")
    wire.send(b"OKE " + ORDERS + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")

    assert wire.read().code == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    ("key", "status", "code"), [(KEY, 413, "PAYLOAD_TOO_LARGE"), (b"", 403, "API_KEY_REQUIRED")]
)
def test_a_length_beyond_counting_is_judged_after_the_key(
    served: Served, key: bytes, status: int, code: str
) -> None:
    response = send(served, b"POST " + ORDERS + b" HTTP/1.1\r\nHost: x\r\n" + key + ABSURD_LENGTH + b"\r\n{}")

    assert (response.status, response.code) == (status, code)


@pytest.mark.parametrize("method", [b"GET", b"DELETE", b"PROPFIND"])
def test_a_length_beyond_counting_lets_no_method_through_to_a_change(served: Served, method: bytes) -> None:
    raw = method + b" " + ORDERS + b"PO-1/ HTTP/1.1\r\nHost: x\r\n" + KEY + ABSURD_LENGTH + b"\r\n"
    response = send(served, raw)

    assert response.status == {b"GET": 413, b"DELETE": 413, b"PROPFIND": 405}[method]


def test_a_malformed_request_waits_for_the_answers_before_it(served: Served) -> None:
    served.site.core.result = lambda call: Answer({"identifier": call.identifier})
    wire = served.connect()
    good = b"GET " + ORDERS + b"%b HTTP/1.1\r\nHost: x\r\n" + KEY + b"\r\n"
    wire.send(good % b"a" + good % b"b" + b"\x00\r\n\r\n")

    answers = [json.loads(wire.read().body) for _ in range(2)]
    refusal = wire.read()

    assert [answer["data"]["identifier"] for answer in answers] == ["a", "b"]
    assert (refusal.status, refusal.headers["connection"]) == (400, "close")
    assert wire.stream.read() == b""


@pytest.mark.parametrize("queued", [0, 2])
def test_a_malformed_chunk_is_one_validation_error(served: Served, queued: int) -> None:
    wire = served.connect()
    first = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * queued
    head = b"POST " + ORDERS + b" HTTP/1.1\r\nHost: x\r\n" + KEY + b"Transfer-Encoding: chunked\r\n\r\n"
    wire.send(first + head + b"2\r\n{}\r\nzz\r\n")

    for _ in range(queued):
        assert wire.read().status == 200
    refusal = wire.read()

    assert (refusal.status, refusal.code) == (400, "VALIDATION_ERROR")
    assert wire.stream.read() == b""
    assert served.site.events("fault") == []


def test_nothing_is_carried_out_of_a_malformed_body(served: Served) -> None:
    done: list[Call] = []

    def note(call: Call) -> Answer:
        done.append(call)
        return Answer({})

    served.site.core.result = note
    send(
        served,
        b"POST " + ORDERS + b" HTTP/1.1\r\nHost: x\r\n" + KEY + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    )

    assert done == []
