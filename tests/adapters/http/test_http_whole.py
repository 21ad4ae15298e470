"""HTTP, core and storage together: what is promised of the whole."""

import asyncio
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from adapters.http.address import API
from adapters.http.body import MAX_BYTES
from adapters.http.openapi import openapi_document
from core.entities.partner import Partner
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.keys import CreateKey, create_key
from tests.adapters.http.speaking import Site

DOCUMENT: Any = openapi_document()
SCHEMAS: Any = DOCUMENT["components"]["schemas"]


def key(site: Site, name: str, **more: Any) -> str:
    """The secret of a new key."""
    return site.transactions.run(lambda work: create_key(work, CreateKey(name, **more)).secret)


def add_switched_off_partner(work: UnitOfWork) -> None:
    """A partner that nobody may call for."""
    work.partners.add(Partner(work.ids.new_id(), "off", "Off", "custom", work.clock.now(), is_active=False))


def test_a_request_is_judged_in_the_contract_s_order(whole: Site) -> None:
    whole.transactions.run(add_switched_off_partner)
    off = key(whole, "off", partner="off", scopes=["integrations.orders.read"])
    reader = key(whole, "reader", scopes=["integrations.orders.read"])
    writer = key(whole, "writer")
    orders, xml, json_type = (
        f"{API}/orders/",
        {"Content-Type": "text/xml"},
        {"Content-Type": "application/json"},
    )
    large, broken = b"x" * (MAX_BYTES + 1), b"{broken"
    order = {"order_number": "PO-1", "items": [{"sku_code": "NONE", "quantity": 1}]}
    wrong = {"order_number": "", "items": []}

    def judged(
        method: str, path: str, body: bytes, sent_key: str | None, headers: dict[str, str]
    ) -> tuple[int, str]:
        response = whole.send(method, path, body, key=sent_key, headers=headers)
        return response.status, response.code

    assert judged("DELETE", f"{API}/nowhere/?x=%FF", large, None, xml) == (404, "NOT_FOUND")
    assert judged("DELETE", f"{orders}?x=%FF", large, None, xml) == (405, "METHOD_NOT_ALLOWED")
    assert judged("POST", f"{orders}?x=%FF", large, None, xml) == (403, "API_KEY_REQUIRED")
    assert judged("POST", f"{orders}?x=%FF", large, "sk_live_x", xml) == (401, "INVALID_API_KEY")
    assert judged("POST", f"{orders}?x=%FF", large, off, xml) == (403, "INTEGRATION_DISABLED")
    assert judged("POST", f"{orders}?x=%FF", large, reader, xml) == (403, "PERMISSION_DENIED")
    assert judged("POST", f"{orders}?x=%FF", large, writer, xml) == (413, "PAYLOAD_TOO_LARGE")
    assert judged("POST", f"{orders}?x=%FF", broken, writer, xml) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert judged("POST", f"{orders}?x=%FF", broken, writer, json_type) == (400, "VALIDATION_ERROR")
    assert judged("POST", f"{orders}?x=%FF", b"{}", writer, json_type) == (400, "VALIDATION_ERROR")
    assert judged("PUT", f"{orders}x/", json.dumps(wrong).encode(), writer, json_type) == (
        400,
        "VALIDATION_ERROR",
    )
    assert judged("PUT", f"{orders}x/", b"{}", writer, json_type) == (404, "NOT_FOUND")
    assert judged("POST", orders, json.dumps(order).encode(), writer, json_type) == (400, "SERVICE_ERROR")


@pytest.mark.parametrize(
    ("resource", "sent", "answered", "identifier"),
    [
        ("products", "ProductCreate", "Product", "TENT-2P"),
        ("locations", "LocationCreate", "Location", "WH%2FSHELF-01"),
        ("orders", "OrderCreate", "Order", "PO-10042"),
    ],
)
def test_the_document_s_examples_are_taken_and_the_answers_fit_it(
    whole: Site, resource: str, sent: str, answered: str, identifier: str
) -> None:
    secret = key(whole, "all")
    collection, record = f"{API}/{resource}/", f"{API}/{resource}/{identifier}/"
    schema = Draft202012Validator({**SCHEMAS[answered], "components": DOCUMENT["components"]})
    example = json.dumps(SCHEMAS[sent]["examples"][0]).encode()
    changes = json.dumps(SCHEMAS[sent.replace("Create", "Update")]["examples"][0]).encode()
    if resource == "orders":
        product = json.dumps(SCHEMAS["ProductCreate"]["examples"][0]).encode()
        assert whole.send("POST", f"{API}/products/", product, key=secret).status == 201

    created = whole.send("POST", collection, example, key=secret, headers={"Prefer": "handling=strict"})
    changed = whole.send("PATCH", record, changes, key=secret, headers={"Prefer": "handling=strict"})
    read, listed = whole.send("GET", record, key=secret), whole.send("GET", collection, key=secret)
    deleted = whole.send("DELETE", record, key=secret)

    assert (created.status, changed.status, read.status, deleted.status) == (201, 200, 200, 200)
    for answer in (created, changed, read, deleted):
        schema.validate(answer.json["data"])
    (one,) = listed.json["data"]
    assert one == read.json["data"] == changed.json["data"]


def test_a_stock_load_fits_its_description(whole: Site) -> None:
    secret = key(whole, "all")
    example = json.dumps(SCHEMAS["InventoryLoad"]["examples"][0]).encode()

    response = whole.send("POST", f"{API}/inventory/", example, key=secret)

    assert response.status == 200
    Draft202012Validator(SCHEMAS["InventorySummary"]).validate(response.json["data"])


def test_head_and_get_leave_the_same_entry(whole: Site) -> None:
    secret = key(whole, "all")

    got = whole.send("GET", f"{API}/orders/", key=secret)
    headed = whole.send("HEAD", f"{API}/orders/", key=secret)

    second, first = whole.entries()
    assert headed.headers["content-length"] == got.headers["content-length"]
    assert first.response_body == second.response_body == got.body
    assert first.action == second.action == "order/list"


def test_of_many_equal_orders_at_once_one_lands(whole: Site) -> None:
    secret = key(whole, "all")
    whole.send("POST", f"{API}/products/", b'{"sku": "A"}', key=secret)
    order = json.dumps({"order_number": "PO-1", "items": [{"sku_code": "A", "quantity": 1}]}).encode()

    async def flood() -> list[int]:
        answers = (whole.exchange("POST", f"{API}/orders/", order, key=secret) for _ in range(80))
        return [answer.status for answer in await asyncio.gather(*answers)]

    statuses = whole.runner.run(flood())

    assert sorted(statuses) == [201] + [400] * 79
    assert len(whole.entries()) == 81


@pytest.mark.parametrize("character", list("/%?# é\ufdd0\U0001f69a.\x7f'\""))
def test_a_code_of_any_character_is_kept_and_found(whole: Site, character: str) -> None:
    secret = key(whole, "all")
    code = f"WH{character}1"
    encoded = "".join(f"%{byte:02X}" for byte in code.encode())

    created = whole.send("POST", f"{API}/locations/", json.dumps({"code": code}).encode(), key=secret)
    read = whole.send("GET", f"{API}/locations/{encoded}/", key=secret)

    assert created.status == 201
    assert read.json["data"]["code"] == code
