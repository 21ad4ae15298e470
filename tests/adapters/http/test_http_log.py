"""What is kept of every request."""

import pytest

from adapters.http.address import API
from core import errors
from core.entities.integration_log import LogStatus
from core.errors import Problem, Refusal
from core.use_cases.call import Answer, Trail
from tests.adapters.http.speaking import Site

ORDERS = f"{API}/orders/"


def test_an_entry_tells_the_whole_request(site: Site) -> None:
    def trail(trail: Trail) -> None:
        trail.mapping_version = 3
        trail.mapped = {"order_number": "PO-1"}
        trail.ignored = ("Note", "Lines[0].Tax")
        trail.record_ids = "0198"

    site.core.trail = trail
    site.core.result = lambda call: Answer({"order_number": "PO-1"}, created=True)

    response = site.send(
        "POST", f"{ORDERS}?upsert=true", b'{"PoNumber": "PO-1"}', headers={"X-Request-ID": "r-1"}
    )

    entry = site.entries()[0]
    assert response.status == entry.response_status == 201
    assert response.body == entry.response_body == b'{"success":true,"data":{"order_number":"PO-1"}}'
    assert (entry.request_id, entry.partner, entry.api_key) == ("r-1", "acme", "warehouse")
    assert (entry.action, entry.identifier, entry.method) == ("order/create", None, "POST")
    assert entry.path == f"{ORDERS}?upsert=true"
    assert entry.raw_payload == b'{"PoNumber": "PO-1"}'
    assert entry.mapped_payload == b'{"order_number":"PO-1"}'
    assert entry.ignored_fields == ("Note", "Lines[0].Tax")
    assert (entry.mapping_version, entry.record_ids) == (3, "0198")
    assert (entry.status, entry.error_message) == (LogStatus.SUCCESS, None)
    assert entry.duration_ms >= 0
    assert entry.received_at == site.core.calls[0].received_at


@pytest.mark.parametrize(
    ("method", "path", "action"),
    [
        ("GET", ORDERS, "order/list"),
        ("HEAD", ORDERS, "order/list"),
        ("POST", ORDERS, "order/create"),
        ("GET", f"{ORDERS}x/", "order/read"),
        ("PUT", f"{ORDERS}x/", "order/update"),
        ("PATCH", f"{ORDERS}x/", "order/update"),
        ("DELETE", f"{ORDERS}x/", "order/delete"),
        ("GET", f"{API}/products/", "product/list"),
        ("PATCH", f"{API}/locations/x/", "location/update"),
        ("POST", f"{API}/inventory/", "inventory/create"),
        ("GET", f"{API}/inventory/x/", "inventory/read"),
        ("GET", f"{API}/inventory/", "inventory/list"),
    ],
)
def test_an_entry_names_its_action(site: Site, method: str, path: str, action: str) -> None:
    site.send(method, path, b"{}" if method in ("POST", "PUT", "PATCH") else None)

    assert [entry.action for entry in site.entries()] == [action]


@pytest.mark.parametrize(
    ("refusal", "http_status", "status"),
    [
        (errors.ValidationFailed("no"), 400, LogStatus.VALIDATION_ERROR),
        (errors.OrderNumberTaken(), 400, LogStatus.VALIDATION_ERROR),
        (errors.RuleBroken("no"), 400, LogStatus.SERVICE_ERROR),
        (errors.NotFound("no"), 404, LogStatus.NOT_FOUND),
        (errors.SkuTaken("A"), 409, LogStatus.VALIDATION_ERROR),
        (errors.LocationCodeTaken("A"), 409, LogStatus.VALIDATION_ERROR),
        (errors.AmbiguousIdentifier("no"), 409, LogStatus.VALIDATION_ERROR),
        (errors.PayloadTooLarge("no"), 413, LogStatus.VALIDATION_ERROR),
        (errors.UnsupportedMediaType("no"), 415, LogStatus.VALIDATION_ERROR),
        (errors.MappingFailed("no"), 422, LogStatus.MAPPING_ERROR),
        (errors.RateLimited("no"), 429, LogStatus.ERROR),
        (errors.InternalError(), 500, LogStatus.ERROR),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Refusal) else None,
)
def test_a_refusal_is_answered_and_logged(
    site: Site, refusal: Refusal, http_status: int, status: LogStatus
) -> None:
    site.core.result = lambda call: refusal

    response = site.send("GET", f"{ORDERS}PO-1/")

    entry = site.entries()[0]
    assert response.status == entry.response_status == http_status
    assert (entry.status, entry.error_message) == (status, refusal.message)
    assert entry.response_body == response.body
    assert response.code == refusal.code
    assert "detail" not in response.json


@pytest.mark.parametrize(
    ("refusal", "http_status"),
    [
        (errors.InvalidApiKey(), 401),
        (errors.ApiKeyExpired(), 401),
        (errors.ApiKeyRevoked(), 401),
        (errors.ApiKeyRequired(), 403),
        (errors.PermissionDenied(), 403),
        (errors.IntegrationDisabled("acme"), 403),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Refusal) else None,
)
def test_a_refused_key_leaves_its_activity_and_no_entry(
    site: Site, refusal: Refusal, http_status: int
) -> None:
    site.core.result = lambda call: refusal

    response = site.send("POST", ORDERS, b"{}", headers={"X-Request-ID": "r-1"})

    activity = site.activity()[0]
    assert (response.status, response.code, response.json["detail"]) == (
        http_status,
        refusal.code,
        refusal.message,
    )
    assert site.entries() == []
    assert (activity.api_key, activity.code, activity.count) == ("warehouse", refusal.code, 1)
    assert (activity.method, activity.path, activity.request_id) == ("POST", ORDERS, "r-1")


def test_refusals_without_a_known_key_are_counted_together(site: Site) -> None:
    for number in range(5):
        site.send("GET", ORDERS, key=f"sk_live_{number}")
    site.send("GET", ORDERS, key=None)
    site.send("GET", ORDERS, key="")

    counted = {activity.code: activity.count for activity in site.activity()}
    assert counted == {"INVALID_API_KEY": 5, "API_KEY_REQUIRED": 2}
    assert site.entries() == []


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nowhere"), ("GET", "//"), ("PUT", ORDERS), ("OPTIONS", ORDERS)]
)
def test_routing_and_options_leave_no_entry(site: Site, method: str, path: str) -> None:
    site.send(method, path)

    assert site.entries() == []
    assert site.activity() == []


def test_an_unreachable_database_leaves_no_entry(site: Site) -> None:
    site.core.result = lambda call: _raised(errors.ServiceUnavailable(retry_after=7))

    response = site.send("GET", ORDERS)

    assert (response.status, response.code) == (503, "SERVICE_UNAVAILABLE")
    assert response.headers["retry-after"] == "7"
    assert site.entries() == []
    assert site.events("fault") == []


def test_the_log_tells_what_is_the_matter_with_the_database(site: Site) -> None:
    def fail(_: object) -> Answer:
        try:
            try:
                raise OSError("database or disk is full")
            except OSError as error:
                raise errors.ServiceUnavailable from error
        except errors.ServiceUnavailable as unavailable:
            raise errors.ServiceUnavailable from unavailable

    site.core.result = fail

    site.send("GET", ORDERS)

    (event,) = site.events("unavailable")
    assert event["cause"] == "OSError('database or disk is full')"


def _raised(error: Exception) -> Answer:
    raise error


def test_details_name_every_place_in_the_senders_words(site: Site) -> None:
    problems = [
        Problem(("items", 0, "quantity"), "OUT_OF_RANGE", "must be at least 1"),
        Problem(("order_number",), "MISSING", "is required", "po_number", "/po_number", 2),
        Problem((), "INVALID", "is wrong"),
        Problem(("a.b", "c"), "INVALID", "is wrong"),
        *(Problem(("x",), "INVALID", "is wrong") for _ in range(100)),
    ]
    site.core.result = lambda call: errors.ValidationFailed("no", problems)

    details = site.send("POST", ORDERS, b"{}").json["error"]["details"]

    assert details[:4] == [
        {"field": "items[0].quantity", "code": "OUT_OF_RANGE", "message": "must be at least 1"},
        {
            "field": "po_number",
            "code": "MISSING",
            "message": "is required",
            "pointer": "/po_number",
            "record": 2,
        },
        {"field": "", "code": "INVALID", "message": "is wrong"},
        {"field": "['a.b'].c", "code": "INVALID", "message": "is wrong"},
    ]
    assert len(details) == 100


def test_a_page_tells_where_the_next_one_begins(site: Site) -> None:
    site.core.result = lambda call: Answer([], paged=True, limit=50, next_cursor=None)

    assert site.send("GET", ORDERS).json == {
        "success": True,
        "data": [],
        "pagination": {"limit": 50, "next_cursor": None},
    }


def test_api_answers_are_not_stored_anywhere(site: Site) -> None:
    for method, path, key in [
        ("GET", ORDERS, "sk_live_known"),
        ("OPTIONS", ORDERS, "sk_live_known"),
        ("GET", ORDERS, None),
        ("PUT", ORDERS, None),
        ("GET", f"{API}/nowhere/", None),
    ]:
        assert site.send(method, path, key=key).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("prefer", "strict"),
    [
        (None, False),
        ("handling=strict", True),
        ("Handling = Strict", True),
        ('handling="strict"', True),
        ("respond-async, handling=strict", True),
        ("handling=strict; x=1", True),
        ("handling=lenient", False),
        ("handling=lenient, handling=strict", False),
        ("handling", False),
        ("strict", False),
        ("", False),
    ],
)
def test_strict_handling_is_asked_for_with_prefer(site: Site, prefer: str | None, strict: bool) -> None:
    site.send("GET", ORDERS, headers={} if prefer is None else {"Prefer": prefer})

    assert site.core.calls[0].strict is strict
