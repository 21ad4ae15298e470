"""`Idempotency-Key` over HTTP, on the real core and every storage."""

import asyncio
import re
from collections import Counter
from collections.abc import Mapping

import pytest

from adapters.http.address import API
from adapters.http.body import MAX_BYTES
from adapters.http.idempotency import PATTERN
from adapters.memory.idempotency import MemoryIdempotencyRepository
from adapters.persistence.idempotency import PeeweeIdempotencyRepository
from core.errors import RateLimited, ServiceUnavailable
from core.use_cases import record_calls
from core.use_cases.products import create_product
from tests.adapters.http.speaking import Response, Site
from tests.adapters.http.test_http_whole import key

PRODUCTS, ORDERS = f"{API}/products/", f"{API}/orders/"
LAMP = b'{"sku": "LAMP"}'


@pytest.fixture
def secret(whole: Site) -> str:
    return key(whole, "till")


def send(
    site: Site,
    secret: str,
    body: bytes | None = LAMP,
    *,
    method: str = "POST",
    target: str = PRODUCTS,
    idempotency_key: str = "r-1",
    headers: Mapping[str, str] = {},
) -> Response:
    return site.send(
        method, target, body, key=secret, headers={"Idempotency-Key": idempotency_key, **headers}
    )


def is_told_again(response: Response) -> bool:
    return response.headers.get("idempotency-replayed") == "true"


@pytest.mark.parametrize(
    ("method", "target", "body", "headers", "status"),
    [
        ("POST", PRODUCTS, LAMP, {}, 201),
        ("POST", f"{PRODUCTS}?upsert=true", b'{"sku": "TENT"}', {}, 200),
        ("PUT", f"{PRODUCTS}TENT/", b'{"quantity": 4}', {}, 200),
        ("PATCH", f"{PRODUCTS}TENT/", b'{"quantity": 4}', {}, 200),
        ("DELETE", f"{PRODUCTS}TENT/", None, {}, 200),
        ("POST", f"{API}/inventory/", b'{"inventory": [{"location_code": "x"}]}', {}, 200),
        ("POST", PRODUCTS, b'{"sku": ""}', {}, 400),
        ("POST", PRODUCTS, b"{", {}, 400),
        ("POST", f"{PRODUCTS}?x=%FF", LAMP, {}, 400),
        ("POST", ORDERS, b'{"order_number": "1", "items": [{"sku_code": "NO", "quantity": 1}]}', {}, 400),
        ("PATCH", f"{PRODUCTS}NONE/", b"{}", {}, 404),
        ("POST", PRODUCTS, b'{"sku": "TENT"}', {}, 409),
        ("POST", PRODUCTS, LAMP, {"Content-Type": "text/xml"}, 415),
    ],
)
def test_whatever_was_answered_is_answered_again_byte_for_byte(
    whole: Site,
    secret: str,
    method: str,
    target: str,
    body: bytes | None,
    headers: dict[str, str],
    status: int,
) -> None:
    whole.send("POST", PRODUCTS, b'{"sku": "TENT"}', key=secret)

    first = send(whole, secret, body, method=method, target=target, headers=headers)
    again = send(whole, secret, body, method=method, target=target, headers=headers)

    own = {"x-request-id": again.headers["x-request-id"], "idempotency-replayed": "true"}
    assert (first.status, is_told_again(first)) == (status, False)
    assert (again.status, again.body, again.headers) == (first.status, first.body, first.headers | own)
    assert again.headers["x-request-id"] != first.headers["x-request-id"]


def test_each_request_has_its_log_entry_and_log_line(whole: Site, secret: str) -> None:
    refused = b'{"sku": ""}'
    first, again = send(whole, secret, refused), send(whole, secret, refused)

    second_entry, first_entry = whole.entries()
    assert first_entry.request_id == first.headers["x-request-id"]
    assert second_entry.request_id == again.headers["x-request-id"] != first_entry.request_id
    assert second_entry.raw_payload == refused
    for name in ("response_status", "response_body", "status", "error_message", "action", "api_key"):
        assert getattr(second_entry, name) == getattr(first_entry, name)
    assert [line["error_code"] for line in whole.events("request")] == ["VALIDATION_ERROR"] * 2


@pytest.mark.parametrize("error", [RuntimeError("a bug"), RateLimited(), ServiceUnavailable()])
def test_what_was_not_judged_is_carried_out_when_it_is_sent_again(
    whole: Site, secret: str, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(record_calls, "create_product", fail)
        failed = send(whole, secret)
    again = send(whole, secret)

    assert record_calls.create_product is create_product
    assert failed.status == {"RATE_LIMITED": 429, "SERVICE_UNAVAILABLE": 503}.get(failed.code, 500)
    assert (again.status, is_told_again(again)) == (201, False)


def test_a_body_that_was_not_read_whole_uses_no_key(whole: Site, secret: str) -> None:
    too_large = [send(whole, secret, b"x" * (MAX_BYTES + 1)) for _ in range(2)]

    assert [(one.status, is_told_again(one)) for one in too_large] == [(413, False)] * 2
    assert send(whole, secret).status == 201


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("PATCH", f"{PRODUCTS}LAMP/", b'{"quantity": 1}'),
        ("PUT", f"{PRODUCTS}TENT/", b'{"quantity": 1}'),
        ("PUT", f"{PRODUCTS}LAMP", b'{"quantity": 1}'),
        ("PUT", f"{PRODUCTS}LAMP/?a=b", b'{"quantity": 1}'),
        ("PUT", f"{PRODUCTS}LAMP/", b'{"quantity":1}'),
        ("PUT", f"{PRODUCTS}LAMP/", b"{"),
        ("DELETE", f"{PRODUCTS}LAMP/", None),
    ],
)
def test_another_method_path_query_or_body_is_another_request(
    whole: Site, secret: str, method: str, target: str, body: bytes | None
) -> None:
    whole.send("POST", PRODUCTS, LAMP, key=secret)
    send(whole, secret, b'{"quantity": 1}', method="PUT", target=f"{PRODUCTS}LAMP/")

    refused = send(whole, secret, body, method=method, target=target)

    assert (refused.status, refused.code) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert not is_told_again(refused)
    assert refused.json["error"]["request_id"] == refused.headers["x-request-id"]
    assert whole.entries()[0].response_body == refused.body


@pytest.mark.parametrize(
    ("sent", "same"),
    [
        ("r-1", '"r-1"'),
        ('"a b, c; d"', '"a b, c; d"'),
        (r'"\"\\"', r'"\"\\"'),
        ("8e03978e-40d5-43dd-bc93-6894a57f9324", '"8e03978e-40d5-43dd-bc93-6894a57f9324"'),
        ("order:1/2@x=~!#$%&'()*+.<>?[]^_`{|}", '"order:1/2@x=~!#$%&\'()*+.<>?[]^_`{|}"'),
        ("x" * 255, '"' + "x" * 255 + '"'),
        ('"' + r"\"" * 255 + '"', '"' + r"\"" * 255 + '"'),
    ],
)
def test_a_key_is_the_same_with_quotes_and_without(whole: Site, secret: str, sent: str, same: str) -> None:
    first, again = (send(whole, secret, idempotency_key=one) for one in (sent, same))

    assert (first.status, again.status, is_told_again(again)) == (201, 201, True)


@pytest.mark.parametrize(
    ("one", "other"), [("a", "A"), ("a", '" a"'), (r'"a\"b"', r'"a\\b"'), ("'a'", "a"), ("1", "01")]
)
def test_keys_are_compared_letter_by_letter(whole: Site, secret: str, one: str, other: str) -> None:
    first, second = (send(whole, secret, idempotency_key=sent) for sent in (one, other))

    assert (first.status, second.status) == (201, 409)


MALFORMED = [
    "",
    '""',
    "a b",
    "a,b",
    "a;b",
    '"a"; b=1',
    'a"b',
    '"a',
    'a"',
    '"a"b"',
    r"a\b",
    r'"a\b"',
    "é",
    '"\t"',
    "x" * 256,
    '"' + "x" * 256 + '"',
]


@pytest.mark.parametrize("sent", MALFORMED)
def test_a_malformed_key_is_refused_by_the_header_s_name(whole: Site, secret: str, sent: str) -> None:
    refused = send(whole, secret, idempotency_key=sent)

    (detail,) = refused.json["error"]["details"]
    assert (refused.status, refused.code) == (400, "VALIDATION_ERROR")
    assert (detail["field"], detail["code"]) == ("Idempotency-Key", "INVALID")
    assert refused.json["error"]["message"] == f"Idempotency-Key: {detail['message']}"
    assert whole.send("POST", PRODUCTS, LAMP, key=secret).status == 201


def test_the_described_pattern_says_the_same() -> None:
    good = ("r-1", '"a b"', r'"\"\\"', "x" * 255)

    assert [one for one in (*MALFORMED, *good) if re.search(PATTERN, one)] == list(good)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_does_not_look_at_the_header(whole: Site, secret: str, method: str) -> None:
    for sent in ("", "r-1", "r-1"):
        read = send(whole, secret, None, method=method, idempotency_key=sent)

        assert read.status in (200, 204)
        assert not is_told_again(read)


def test_it_is_judged_after_the_scope_and_before_the_body(whole: Site, secret: str) -> None:
    reader = key(whole, "reader", scopes=["integrations.products.read"])
    large, xml = b"x" * (MAX_BYTES + 1), {"Content-Type": "text/xml"}
    send(whole, secret, idempotency_key="used")

    assert send(whole, reader, large, idempotency_key="", headers=xml).status == 403
    assert send(whole, secret, large, idempotency_key="", headers=xml).status == 400
    assert send(whole, secret, large, idempotency_key="used", headers=xml).status == 413
    assert send(whole, secret, b"{", idempotency_key="used", headers=xml).code == "IDEMPOTENCY_KEY_REUSED"


def test_of_many_at_once_one_is_carried_out_and_the_others_told_or_put_off(whole: Site, secret: str) -> None:
    async def flood() -> list[Response]:
        headers = {"Idempotency-Key": "r-1"}
        sending = (whole.exchange("POST", PRODUCTS, LAMP, key=secret, headers=headers) for _ in range(60))
        return await asyncio.gather(*sending)

    responses = whole.runner.run(flood())

    own = [one for one in responses if not is_told_again(one)]
    told = [one for one in responses if is_told_again(one)]
    done, *put_off = sorted(own, key=lambda one: one.status)
    assert done.status == 201
    assert {(one.status, one.body) for one in told} <= {(201, done.body)}
    assert {(one.status, one.code, one.headers["retry-after"]) for one in put_off} <= {
        (409, "IDEMPOTENCY_IN_PROGRESS", "1")
    }
    assert Counter(entry.record_ids is not None for entry in whole.entries()) == {True: 1, False: 59}
    assert send(whole, secret).body == done.body


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks storage for idempotency keys fails."""

    def fail(*_: object) -> None:
        raise AssertionError("asked")

    for adapter in (MemoryIdempotencyRepository, PeeweeIdempotencyRepository):
        for method in ("begin", "keep"):
            monkeypatch.setattr(adapter, method, fail)


@pytest.mark.usefixtures("closed")
def test_without_the_header_storage_is_asked_for_nothing_more(whole: Site, secret: str) -> None:
    plain = [whole.send("POST", PRODUCTS, LAMP, key=secret).status for _ in range(2)]

    assert plain == [201, 409]
    assert send(whole, secret).status == 500
