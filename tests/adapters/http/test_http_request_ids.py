"""Every response has a request id."""

import uuid

import pytest

from adapters.http.address import API
from tests.adapters.http.speaking import Site


@pytest.mark.parametrize("sent", ["a", "order-1.2_3:4", "x" * 128])
def test_a_well_formed_request_id_is_kept(site: Site, sent: str) -> None:
    response = site.send("GET", f"{API}/orders/", headers={"X-Request-ID": sent})

    assert response.headers["x-request-id"] == sent
    assert site.core.calls[0].request_id == site.entries()[0].request_id == sent


@pytest.mark.parametrize("sent", ["", " ", "a b", "x" * 129, "é", "a\tb", "<script>", "a\n"])
def test_another_one_is_replaced(site: Site, sent: str) -> None:
    response = site.send("GET", f"{API}/orders/", headers={"X-Request-ID": sent})

    assert uuid.UUID(response.headers["x-request-id"]).version == 7


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/changelog", "/openapi.json", "/nowhere", "//", f"{API}/orders/"]
)
def test_every_response_has_one(site: Site, path: str) -> None:
    response = site.send("GET", path, key=None, headers={"X-Request-ID": "mine"})

    assert response.headers["x-request-id"] == "mine"


def test_a_failure_names_it_in_its_body(site: Site) -> None:
    response = site.send("GET", "/nowhere")

    assert response.json["error"]["request_id"] == response.headers["x-request-id"]
