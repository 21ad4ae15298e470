"""Reading the query."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.address import API
from adapters.http.query import read_query
from tests.adapters.http.speaking import Site

texts = st.text().filter(lambda text: "\0" not in text)


@pytest.mark.parametrize(
    ("raw", "parameters"),
    [
        (b"", {}),
        (b"&", {}),
        (b"a=1", {"a": "1"}),
        (b"a=1&a=2", {"a": "2"}),
        (b"a", {"a": ""}),
        (b"a=b=c", {"a": "b=c"}),
        (b"=x", {"": "x"}),
        (b"a+b=c+%2B%20", {"a b": "c + "}),
        (b"a;b=1", {"a;b": "1"}),
        (b"a=%zz&b=%", {"a": "%zz", "b": "%"}),
        ("a=é".encode(), {"a": "é"}),
    ],
)
def test_a_query_is_read_as_a_form(raw: bytes, parameters: dict[str, str]) -> None:
    assert read_query(raw) == (parameters, None)


@given(st.dictionaries(texts, texts))
def test_every_written_query_is_read_back(parameters: dict[str, str]) -> None:
    assert read_query(urlencode(parameters).encode()) == (parameters, None)


@pytest.mark.parametrize(
    ("query", "field"),
    [("x=%FF", "x"), ("x=a%00", "x"), ("x=%ED%A0%80", "x"), ("%FF=x", ""), ("x=1&y=%C3", "y")],
)
def test_a_query_that_is_no_text_is_refused(site: Site, query: str, field: str) -> None:
    response = site.send("GET", f"{API}/orders/?{query}")

    assert (response.status, response.code) == (400, "VALIDATION_ERROR")
    assert response.json["error"]["details"][0]["field"] == field


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("x=%FF", {"x": "is not percent-encoded UTF-8"}),
        ("a.b=a%00", {"a.b": "holds U+0000"}),
        ("a%00=%FF", {"": "a parameter's name holds U+0000"}),
        ("x=%ED%A0%80&limit=5&y=%00", {"x": "is not percent-encoded UTF-8", "y": "holds U+0000"}),
    ],
)
def test_the_refusal_of_a_query_says_what_is_wrong(site: Site, query: str, told: dict[str, str]) -> None:
    response = site.send("GET", f"{API}/orders/?{query}")

    assert {one["field"]: one["message"] for one in response.json["error"]["details"]} == told


def test_the_core_gets_the_parameters(site: Site) -> None:
    site.send("GET", f"{API}/orders/?limit=5&limit=7&status=shipped")

    assert site.core.calls[0].query == {"limit": "7", "status": "shipped"}
