"""Which paths lead where, and what an identifier may hold."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.address import API, read_address
from tests.adapters.http.speaking import Site


@pytest.mark.parametrize(
    ("segment", "identifier"),
    [
        ("PO-1", "PO-1"),
        ("WH%2FSHELF-01", "WH/SHELF-01"),
        ("WH%2fSHELF-01", "WH/SHELF-01"),
        ("100%25", "100%"),
        ("%252F", "%2F"),
        ("a+b", "a+b"),
        ("a%20b", "a b"),
        ("%20%20", "  "),
        ("caf%C3%A9", "café"),
        ("..", ".."),
        ("%2E", "."),
        ("record", "record"),
        ("%3Fx%23", "?x#"),
        ("%0A", "\n"),
        ("%7B%7D", "{}"),
        ("%EF%B7%90", "\ufdd0"),
        ("%", "%"),
        ("%zz", "%zz"),
    ],
)
def test_an_identifier_may_hold_any_character(site: Site, segment: str, identifier: str) -> None:
    response = site.send("GET", f"{API}/locations/{segment}/")

    assert response.status == 200
    assert site.core.calls[0].identifier == identifier


@given(st.text(min_size=1).filter(lambda text: "\0" not in text))
def test_every_encoded_text_is_read_back(identifier: str) -> None:
    path = f"{API}/orders/{quote(identifier, safe='')}".encode()

    assert read_address(path).identifier == identifier
    assert read_address(path + b"/").identifier == identifier


@given(st.binary())
def test_no_path_breaks_the_reading(raw: bytes) -> None:
    address = read_address(raw)

    assert address.route is None or "//" not in address.route


@pytest.mark.parametrize(
    "path", [f"{API}/orders", f"{API}/orders/", f"{API}/%6Frders/", "/%61pi/integrations/v1/orders"]
)
def test_a_collection_is_found_with_and_without_its_slash(site: Site, path: str) -> None:
    response = site.send("GET", path)

    assert response.status == 200
    assert site.core.calls[0].action_name == "order/list"


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "//",
        "*",
        f"{API}",
        f"{API}/",
        f"{API}/order/",
        f"{API}/Orders/",
        f"{API}/orders//",
        f"{API}//orders/",
        f"/{API}/orders/",
        f"{API}/orders//x",
        f"{API}/orders/x//",
        f"{API}/orders/x/y",
        f"{API}/orders%2Fx",
        f"{API}%2Forders/x",
        f"{API}/orders%FF/x",
        f"{API}/orders%00/x",
        f"{API}/%00",
        "/api/integrations/v2/orders/",
        "/healthz/x",
        "/changelog%2F",
    ],
)
@pytest.mark.parametrize("key", ["sk_live_known", "sk_live_unknown", None])
def test_an_unknown_path_is_not_found_with_or_without_a_key(site: Site, path: str, key: str | None) -> None:
    response = site.send("GET", path, key=key)

    assert (response.status, response.code) == (404, "NOT_FOUND")
    assert site.core.calls == []


@pytest.mark.parametrize("segment", ["%00", "a%00b", "%FF", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "caf%C3"])
def test_an_identifier_that_is_no_text_is_refused(site: Site, segment: str) -> None:
    response = site.send("GET", f"{API}/orders/{segment}/")

    assert (response.status, response.code) == (400, "VALIDATION_ERROR")
    assert response.json["error"]["details"][0]["field"] == "identifier"
    assert site.entries()[0].identifier is None


def test_the_key_is_judged_before_the_path_s_text(site: Site) -> None:
    response = site.send("GET", f"{API}/orders/%FF/", key=None)

    assert (response.status, response.code) == (403, "API_KEY_REQUIRED")


def test_the_path_is_logged_as_it_was_sent(site: Site) -> None:
    site.send("GET", f"{API}/orders/a%2fb/?x=%41&x=+")

    assert site.entries()[0].path == f"{API}/orders/a%2fb/?x=%41&x=+"
    assert site.entries()[0].identifier == "a/b"


def test_a_byte_outside_ascii_does_no_harm(site: Site) -> None:
    response = site.send("GET", f"{API}/orders/".encode() + b"\xc3\xa9\xff/")

    assert response.status == 400
    assert site.entries()[0].path == f"{API}/orders/\\xc3\\xa9\\xff/"


@pytest.mark.parametrize(
    ("segment", "fault"),
    [
        ("%FF", "is not percent-encoded UTF-8"),
        ("%ED%A0%80", "is not percent-encoded UTF-8"),
        ("a%00", "holds U+0000"),
    ],
)
def test_the_refusal_of_an_identifier_says_what_is_wrong(site: Site, segment: str, fault: str) -> None:
    response = site.send("GET", f"{API}/locations/{segment}/")

    assert response.json["error"]["details"][0]["message"] == fault
