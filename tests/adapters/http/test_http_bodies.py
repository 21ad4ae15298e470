"""Reading a body: size, then media type, then JSON."""

import asyncio

import pytest

from adapters.http.address import API
from adapters.http.app import BODY_BYTES
from adapters.http.body import MAX_BYTES, Body, receive_body
from adapters.http.body_room import BodyRoom
from adapters.http.context import RequestContext, keep_context
from core.errors import ServiceUnavailable, ValidationFailed
from core.use_cases.call import NO_BODY
from tests.adapters.http.speaking import Site
from tests.support.clock import START

ORDERS = f"{API}/orders/"


def test_a_document_arrives_with_its_bytes(site: Site) -> None:
    raw = b' {"b": 1.0, "a": [true, null, "\\u00e9"]}\n'

    site.send("POST", ORDERS, raw)

    assert site.core.calls[0].document == {"b": 1.0, "a": [True, None, "é"]}
    assert site.entries()[0].raw_payload == raw


@pytest.mark.parametrize("raw", [b"[]", b"1", b'"x"', b"null", b"false", b"0"])
def test_any_json_value_reaches_the_core(site: Site, raw: bytes) -> None:
    site.send("POST", ORDERS, raw)

    assert site.core.calls[0].refusal is None
    assert site.core.calls[0].document is not NO_BODY


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_an_empty_body_is_none_whatever_its_type(site: Site, method: str) -> None:
    path = ORDERS if method == "POST" else f"{ORDERS}x/"

    site.send(method, path, b"", headers={"Content-Type": "text/plain"})

    assert site.core.calls[0].document is NO_BODY
    assert site.core.calls[0].refusal is None
    assert site.entries()[0].raw_payload is None


def test_a_delete_may_have_a_body(site: Site) -> None:
    site.send("DELETE", f"{ORDERS}x/", b'{"reason": "late"}')

    assert site.core.calls[0].document == {"reason": "late"}


def test_the_body_of_a_get_is_not_read(site: Site) -> None:
    response = site.send("GET", ORDERS, b"{not json")

    assert response.status == 200
    assert site.entries()[0].raw_payload is None


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "application/json ; charset=UTF8 ; version=1",
        "application/json;",
        "application/vnd.api+json",
        "application/merge-patch+json",
        "model/gltf+json",
    ],
)
def test_json_types_are_taken(site: Site, content_type: str) -> None:
    response = site.send("POST", ORDERS, b"{}", headers={"Content-Type": content_type})

    assert response.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": ""},
        {"Content-Type": "text/plain"},
        {"Content-Type": "text/json"},
        {"Content-Type": "application/xml"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/jsonx"},
        {"Content-Type": "application/json/x"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "application/json; charset"},
        {"Content-Type": "*/*"},
        {"Content-Encoding": "gzip"},
        {"Content-Type": "application/json", "Content-Encoding": "br"},
    ],
)
def test_other_types_are_refused_and_logged_with_their_bytes(site: Site, headers: dict[str, str]) -> None:
    response = site.send("POST", ORDERS, b"<order/>", headers=headers)

    assert (response.status, response.code) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert site.entries()[0].raw_payload == b"<order/>"


def test_a_body_of_the_largest_size_is_taken(site: Site) -> None:
    raw = b'"' + b"x" * (MAX_BYTES - 2) + b'"'

    assert site.send("POST", ORDERS, raw).status == 200
    assert site.send("POST", ORDERS, [raw[:100], raw[100:]]).status == 200


@pytest.mark.parametrize("length", [str(MAX_BYTES + 1), "9" * 30, "9" * 5000, "0000000010485761"])
def test_a_larger_one_is_refused_unread(site: Site, length: str) -> None:
    response = site.send("POST", ORDERS, [b"{}"], headers={"Content-Length": length})

    assert (response.status, response.code) == (413, "PAYLOAD_TOO_LARGE")
    assert site.entries()[0].raw_payload is None


def test_a_larger_one_in_chunks_is_not_read_to_its_end(site: Site) -> None:
    chunks = [b"x" * 2**20] * 30

    response = site.send("POST", ORDERS, chunks)

    assert (response.status, response.code) == (413, "PAYLOAD_TOO_LARGE")
    assert site.entries()[0].raw_payload is None


def test_size_is_judged_before_the_type_and_the_type_before_json(site: Site) -> None:
    xml = {"Content-Type": "text/xml"}

    assert site.send("POST", ORDERS, b"x" * (MAX_BYTES + 1), headers=xml).status == 413
    assert site.send("POST", ORDERS, b"{broken", headers=xml).status == 415
    assert site.send("POST", ORDERS, b"{broken").status == 400


def test_the_body_is_judged_before_the_query(site: Site) -> None:
    response = site.send("POST", f"{ORDERS}?x=%FF", b"{broken", headers={"Content-Type": "text/xml"})

    assert response.status == 415


def test_without_a_key_a_body_is_not_read(site: Site) -> None:
    response = site.send("POST", ORDERS, b"x" * (MAX_BYTES + 1), key=None)

    assert (response.status, response.code) == (403, "API_KEY_REQUIRED")


def test_a_wrong_key_is_refused_before_its_body(site: Site) -> None:
    response = site.send("POST", ORDERS, b"{broken", key="sk_live_unknown")

    assert (response.status, response.code) == (401, "INVALID_API_KEY")


def test_a_connection_that_ends_inside_a_body_is_a_refusal(site: Site) -> None:
    messages = [
        {"type": "http.request", "body": b'{"a', "more_body": True},
        {"type": "http.disconnect"},
    ]
    room = BodyRoom(10)

    async def receive() -> dict[str, object]:
        return messages.pop(0)

    scope = {"state": {}}
    keep_context(scope, RequestContext("id", START, "POST", "/", {}))
    body = asyncio.run(receive_body(scope, receive, room))

    assert isinstance(body.refusal, ValidationFailed)
    assert "connection ended" in body.refusal.message
    assert room.taken == 0


def test_bodies_in_pieces_share_a_room_and_leave_it() -> None:
    room = BodyRoom(10)
    scope = {"state": {}}
    keep_context(scope, RequestContext("id", START, "POST", "/", {}))

    def receive_pieces(*pieces: bytes) -> Body:
        left = list(pieces)

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

        return asyncio.run(receive_body(scope, receive, room))

    first, second, whole = (
        receive_pieces(b"123", b"456"),
        receive_pieces(b"123", b"456"),
        receive_pieces(b"x" * 20),
    )

    assert (first.raw, first.room, room.taken) == (b"123456", 6, 6)
    assert isinstance(second.refusal, ServiceUnavailable)
    assert whole.raw == b"x" * 20


def test_an_answered_call_takes_no_room_for_its_body(site: Site) -> None:
    for _ in range(BODY_BYTES // MAX_BYTES + 2):
        assert site.send("POST", ORDERS, [b'"' + b"x" * (MAX_BYTES - 2), b'"']).status == 200


def test_a_broken_body_is_answered_with_its_place(site: Site) -> None:
    response = site.send("POST", ORDERS, b'{"items": [{"quantity": 99999999999999999999}]}')

    assert response.status == 400
    assert response.json["error"]["details"] == [
        {
            "field": "items[0].quantity",
            "code": "OUT_OF_RANGE",
            "message": "must be an integer within signed 64 bits",
            "pointer": "/items/0/quantity",
        }
    ]
