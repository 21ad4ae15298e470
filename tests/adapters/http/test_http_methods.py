"""Which methods a path takes."""

import pytest

from adapters.http.address import API
from core.entities.resource import Resource
from tests.adapters.http.speaking import Site

COLLECTION = "GET, HEAD, OPTIONS, POST"
RECORD = "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"
READ_ONLY = "GET, HEAD, OPTIONS"
PATHS = [
    *((f"{API}/{resource}/", COLLECTION) for resource in Resource),
    *(
        (f"{API}/{resource}/x/", READ_ONLY if resource is Resource.INVENTORY else RECORD)
        for resource in Resource
    ),
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]


@pytest.mark.parametrize(("path", "allowed"), PATHS)
@pytest.mark.parametrize("method", METHODS)
def test_a_path_takes_exactly_its_methods(site: Site, path: str, allowed: str, method: str) -> None:
    response = site.send(method, path, b"{}" if method in ("POST", "PUT", "PATCH") else None)

    if method in allowed.split(", "):
        assert response.status in (200, 204)
    else:
        assert (response.status, response.code) == (405, "METHOD_NOT_ALLOWED")
        assert response.headers["allow"] == allowed
        assert site.core.calls == []


@pytest.mark.parametrize(("path", "allowed"), PATHS)
def test_options_tells_the_methods_and_leaves_no_entry(site: Site, path: str, allowed: str) -> None:
    response = site.send("OPTIONS", path)

    assert (response.status, response.headers["allow"], response.body) == (204, allowed, b"")
    assert "content-length" not in response.headers
    assert site.entries() == []


def test_options_needs_a_key(site: Site) -> None:
    response = site.send("OPTIONS", f"{API}/orders/", key=None)

    assert (response.status, response.code) == (403, "API_KEY_REQUIRED")
    assert site.activity()[0].code == "API_KEY_REQUIRED"


@pytest.mark.parametrize(
    "path", [f"{API}/orders/", f"{API}/orders/x", "/healthz", "/readyz", "/changelog", "/docs"]
)
def test_head_answers_where_get_does_without_a_body(site: Site, path: str) -> None:
    got, headed = site.send("GET", path), site.send("HEAD", path)

    assert (headed.status, headed.body) == (200, b"")
    assert headed.headers["content-length"] == got.headers["content-length"] == str(len(got.body))


def test_a_failed_head_has_no_body_either(site: Site) -> None:
    for path in ("/nowhere", "//", f"{API}/orders/%FF"):
        response = site.send("HEAD", path)

        assert (response.body, response.headers["content-type"]) == (b"", "application/json")
        assert int(response.headers["content-length"]) > 0


def test_the_method_is_judged_before_the_key(site: Site) -> None:
    response = site.send("DELETE", f"{API}/orders/", key=None)

    assert (response.status, response.code) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize(("method", "replace"), [("PUT", True), ("PATCH", False)])
def test_put_replaces_objects_and_patch_merges_them(site: Site, method: str, replace: bool) -> None:
    site.send(method, f"{API}/orders/x/", b"{}")

    assert (site.core.calls[0].action_name, site.core.calls[0].replace) == ("order/update", replace)


@pytest.mark.parametrize("path", ["/healthz", "/changelog", "/openapi.json"])
def test_a_page_only_answers_to_reading(site: Site, path: str) -> None:
    response = site.send("POST", path, b"{}")

    assert (response.status, response.code) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
