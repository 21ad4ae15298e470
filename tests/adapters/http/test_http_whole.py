"""HTTP, core and storage together: what is promised of the whole."""

import asyncio
import json
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator

from adapters.catalog.templates import FileTemplates
from adapters.http.address import API
from adapters.http.body import MAX_BYTES
from adapters.http.openapi import openapi_document
from core.entities.partner import Partner
from core.entities.resource import DESCRIPTIONS, Resource
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import NewProduct
from core.use_cases.keys import CreateKey, create_key
from core.use_cases.partners import CreatePartner, create_partner
from core.use_cases.products import create_product
from tests.adapters.catalog.payload_cases import Case, samples
from tests.adapters.http.speaking import Site
from tests.behaviour.tables import found_at

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

    stale = json_type | {"If-Match": '"another"'}

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
    assert judged("PUT", f"{orders}x/", b"{}", writer, stale) == (404, "NOT_FOUND")
    whole.send("POST", f"{API}/products/", b'{"sku": "A"}', key=writer)
    line = [{"sku_code": "A", "quantity": 1}]
    whole.send("POST", orders, json.dumps({"order_number": "PO-0", "items": line}).encode(), key=writer)
    assert judged("PUT", f"{orders}PO-0/", b'{"order_number": 1}', writer, stale) == (
        412,
        "PRECONDITION_FAILED",
    )
    assert judged("PUT", f"{orders}PO-0/", b'{"order_number": 1}', writer, json_type) == (
        400,
        "VALIDATION_ERROR",
    )
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


def test_every_answer_of_a_record_names_its_state(whole: Site) -> None:
    secret = key(whole, "all")
    record = f"{API}/products/A/"

    def ask(method: str, path: str, body: bytes | None = None) -> tuple[int, str]:
        response = whole.send(method, path, body, key=secret)
        return response.status, response.headers["etag"]

    made = ask("POST", f"{API}/products/", b'{"sku": "A", "custom_fields": {"width": 1.10, "big": 1e30}}')
    read = ask("GET", record)
    pushed = ask("POST", f"{API}/products/?upsert=true", b'{"sku": "A", "quantity": 2}')
    patched = ask("PATCH", record, b'{"custom_fields": {"height": 12345678901234567890.5}}')
    again = ask("PUT", record, b'{"custom_fields": {"width": 2.50}}')
    deleted = ask("DELETE", record)
    last = ask("GET", record)

    assert made == (201, read[1])
    assert deleted == last
    assert [pushed[0], patched[0], again[0], deleted[0]] == [200, 200, 200, 200]
    assert len({read[1], pushed[1], patched[1], again[1], deleted[1]}) == 5


SINGLE_RECORDS = [
    case for case in samples() if isinstance(case.gives, dict) and case.resource is not Resource.INVENTORY
]


@pytest.mark.parametrize("case", SINGLE_RECORDS, ids=str)
def test_a_partner_is_answered_what_it_will_read(whole: Site, case: Case) -> None:
    whole.transactions.run(lambda work: take_in(work, case))
    secret = key(whole, "erp", partner="erp")
    identifier = quote(str(found_at(case.gives, DESCRIPTIONS[case.resource].identifier)), safe="")

    made = whole.send("POST", f"{API}/{case.resource}/", json.dumps(case.sends).encode(), key=secret)
    read = whole.send("GET", f"{API}/{case.resource}/{identifier}/", key=secret)

    assert (made.status, read.status) == (201, 200), (made.body, read.body)
    answered = made.json["data"]
    if isinstance(answered, list):
        assert "etag" not in made.headers
        assert answered == [read.json["data"]]
    else:
        assert made.headers["etag"] == read.headers["etag"]


@pytest.mark.parametrize(("method", "body"), [("PATCH", True), ("PUT", True), ("DELETE", False)])
def test_of_many_changes_of_one_state_at_once_one_lands(whole: Site, method: str, body: bool) -> None:
    secret = key(whole, "all")
    made = whole.send("POST", f"{API}/products/", b'{"sku": "A"}', key=secret)
    known = {"If-Match": made.headers["etag"]}

    async def change(number: int) -> int:
        sent = b'{"quantity": %d}' % number if body else None
        answer = await whole.exchange(method, f"{API}/products/A/", sent, key=secret, headers=known)
        return answer.status

    async def flood() -> list[int]:
        return await asyncio.gather(*(change(number) for number in range(1, 25)))

    assert sorted(whole.runner.run(flood())) == [200] + [412] * 23


def test_of_many_loads_that_expect_one_stock_at_once_one_lands(whole: Site) -> None:
    secret = key(whole, "all")
    whole.send("POST", f"{API}/products/", b'{"sku": "A"}', key=secret)
    whole.send("POST", f"{API}/locations/", b'{"code": "L"}', key=secret)

    async def load(number: int) -> int:
        row = {"location_code": "L", "sku_code": "A", "quantity": number, "expected_quantity": 0}
        body = json.dumps({"inventory": [row]}).encode()
        answer = await whole.exchange("POST", f"{API}/inventory/", body, key=secret)
        failed: int = answer.json["data"]["failed"]
        return failed

    async def flood() -> list[int]:
        return await asyncio.gather(*(load(number) for number in range(1, 25)))

    assert sorted(whole.runner.run(flood())) == [0] + [1] * 23


def take_in(work: UnitOfWork, case: Case) -> None:
    """The partner on its template, and what its order is of."""
    create_partner(work, FileTemplates(), CreatePartner("erp", template=case.system))
    order = case.gives if isinstance(case.gives, dict) else {}
    lines: Any = order.get("items", [])
    for sku in dict.fromkeys(line["sku_code"] for line in lines):
        create_product(work, NewProduct(sku))
