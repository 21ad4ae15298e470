"""Whatever goes wrong, the answer is an envelope, and internals stay inside."""

import pytest

from adapters.http.address import API
from adapters.http.errors import STATUS_OF
from core import errors
from core.errors import Refusal
from tests.adapters.http.speaking import Site

ORDERS = f"{API}/orders/"


def _public(refusal: type[Refusal]) -> list[type[Refusal]]:
    return [refusal, *(found for one in refusal.__subclasses__() for found in _public(one))]


def test_every_code_has_a_status() -> None:
    of_operators = {errors.NameTaken.code, errors.BadSetting.code, errors.CopyFailed.code}
    codes = {one.code for one in _public(Refusal)[1:]} - of_operators

    assert set(STATUS_OF) == codes


def test_an_exception_nobody_foresaw_is_answered_and_logged_once(site: Site) -> None:
    site.core.result = lambda call: ValueError("password=hunter2 in /srv/app.py")

    response = site.send("GET", ORDERS, headers={"X-Request-ID": "r-1"})

    assert (response.status, response.code) == (500, "INTERNAL_ERROR")
    assert b"hunter2" not in response.body
    (event,) = site.events("fault")
    assert event["request_id"] == "r-1"
    assert isinstance(event["exc_info"], ValueError)
    assert site.events("request")[0]["error_code"] == "INTERNAL_ERROR"


def test_a_fault_the_core_caught_is_logged_too(site: Site) -> None:
    site.core.fault = KeyError("x")
    site.core.result = lambda call: errors.InternalError()

    response = site.send("GET", ORDERS)

    assert response.status == 500
    assert [event["exc_info"] for event in site.events("fault")] == [site.core.fault]


@pytest.mark.parametrize("host", ["a b", "<x>", 'a"b', "a/b"])
def test_a_host_that_is_none_is_refused_in_an_envelope(site: Site, host: str) -> None:
    response = site.send("GET", ORDERS, headers={"Host": host})

    assert (response.status, response.code) == (400, "VALIDATION_ERROR")


def test_alerts_reach_the_operator(site: Site) -> None:
    site.core.alerts = ["the response mapping left out Total"]

    site.send("GET", ORDERS)

    assert [event["alert"] for event in site.events("alert")] == ["the response mapping left out Total"]


def test_one_line_is_logged_per_request(site: Site) -> None:
    site.send("GET", f"{ORDERS}?cursor=secret", headers={"X-Request-ID": "r-1"})
    site.send("GET", ORDERS, key="sk_live_wrong")

    first, second = site.events("request")
    assert first.pop("duration_ms") >= 0
    assert first == {
        "request_id": "r-1",
        "method": "GET",
        "path": ORDERS,
        "status": 200,
        "partner": "acme",
        "api_key": "warehouse",
        "error_code": None,
    }
    assert (second["status"], second["error_code"], second["api_key"]) == (401, "INVALID_API_KEY", None)


def test_nothing_that_is_logged_holds_the_secret(site: Site) -> None:
    site.core.result = lambda call: ValueError(repr(call))

    site.send("POST", ORDERS, b'{"note": "private"}', headers={"X-Request-ID": "r-1"})
    site.send("GET", ORDERS, key="sk_live_wrong")

    logged = repr(site.log.entries)
    assert "sk_live_known" not in logged
    assert "sk_live_wrong" not in logged
