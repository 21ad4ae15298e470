"""Entity tags and `If-Match`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.address import API
from adapters.http.entity_tag import entity_tag
from adapters.http.envelope import encode
from adapters.http.if_match import read_if_match
from adapters.persistence.values import dump, load
from core.entities.json import Json
from core.errors import ValidationFailed
from core.mapping.codecs.digits import as_number
from core.use_cases.call import Answer
from tests.adapters.http.speaking import Site

RECORD = {"sku": "TENT", "quantity": 5}
TAG = entity_tag(b'{"sku":"TENT","quantity":5}')
OTHER = entity_tag(b'{"sku":"TENT","quantity":4}')
PATH = f"{API}/products/TENT/"
tags = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters='"\x7f')).map(
    lambda text: b'"%b"' % "".join(one for one in text if not "\x7f" <= one < "\xa0").encode("latin-1")
)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
decimals = st.decimals(-(10**30), 10**30, allow_nan=False).map(as_number)
floats = st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | floats | texts | decimals


def holds(*values: bytes, record: Json = RECORD) -> bool:
    condition, refusal = read_if_match([(b"if-match", value) for value in values])
    assert refusal is None
    assert condition is not None
    return condition(record)


def test_a_tag_is_strong_and_tells_records_apart() -> None:
    assert entity_tag(b'{"sku":"TENT","quantity":5}') == TAG
    assert TAG != OTHER
    assert (TAG[:1], TAG[-1:]) == (b'"', b'"')


@pytest.mark.parametrize(
    "value",
    [
        TAG,
        b"*",
        b"  *\t",
        OTHER + b"," + TAG,
        OTHER + b" ,\t" + TAG + b" ",
        b'"a,b", ' + TAG,
        b'W/"x", ' + TAG,
        b'"", ' + TAG,
        b'"\xe9", ' + TAG,
        b",, " + TAG + b", ,",
    ],
)
def test_a_record_is_known_by_its_tag_among_others(value: bytes) -> None:
    assert holds(value)


@pytest.mark.parametrize(
    "value", [OTHER, b'""', b'"*"', b"W/" + TAG, b'"a,b", "c"', TAG.upper(), TAG[:-2] + b'"', b'"x\\"']
)
def test_a_record_is_not_known_by_another_tag_or_a_weak_one(value: bytes) -> None:
    assert not holds(value)


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b" ",
        b",",
        b"x",
        TAG.strip(b'"'),
        TAG[:-1],
        TAG[1:],
        TAG + b" " + OTHER,
        TAG + OTHER,
        b"*, " + TAG,
        b"**",
        b"w/" + TAG,
        b"W/ " + TAG,
        b"W/",
        b'"a b"',
        b'"\x7f"',
        TAG + b"; x",
        b"'x'",
    ],
)
def test_what_is_no_list_of_tags_is_refused_by_name(value: bytes) -> None:
    condition, refusal = read_if_match([(b"if-match", value)])

    assert condition is None
    assert isinstance(refusal, ValidationFailed)
    assert [(one.sent_as, one.code) for one in refusal.problems] == [("If-Match", "INVALID")]


def test_a_header_that_was_sent_twice_is_one_list() -> None:
    assert holds(OTHER, TAG)
    assert read_if_match([(b"if-match", TAG), (b"if-match", b"*")])[0] is None


@given(st.lists(tags, min_size=1), st.sampled_from([b",", b", ", b" ,\t,"]))
def test_every_list_of_tags_is_read(wanted: list[bytes], comma: bytes) -> None:
    assert holds(comma.join(wanted)) == (TAG in wanted)
    assert holds(comma.join([*wanted, TAG]))


@given(st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner)))
def test_what_was_stored_is_written_as_before_and_keeps_its_tag(document: Json) -> None:
    assert encode(load(dump(document))) == encode(document)


@pytest.mark.parametrize("value", [b'"', b'" ', b' "', b"W/", b"\t "])
def test_a_long_header_is_read_in_a_moment(value: bytes) -> None:
    assert read_if_match([(b"if-match", value * 30_000)])[0] is None


def test_only_the_answer_of_a_record_has_a_tag(site: Site) -> None:
    site.core.result = lambda call: Answer(RECORD, is_record=call.identifier is not None)

    read, listed = site.send("GET", PATH), site.send("GET", f"{API}/products/")

    assert read.headers["etag"].encode() == TAG
    assert "etag" not in listed.headers
    assert read.body == listed.body


def test_head_tells_the_tag_as_well(site: Site) -> None:
    site.core.result = lambda call: Answer(RECORD, is_record=True)

    assert site.send("HEAD", PATH).headers["etag"].encode() == TAG


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_change_brings_its_condition(site: Site, method: str) -> None:
    site.send(method, PATH, b"{}", headers={"If-Match": TAG.decode()})
    site.send(method, PATH, b"{}")

    first, second = site.core.calls
    assert first.condition is not None
    assert first.condition(RECORD)
    assert not first.condition({**RECORD, "quantity": 4})
    assert second.condition is None


@pytest.mark.parametrize(("method", "path"), [("GET", PATH), ("HEAD", PATH), ("POST", f"{API}/products/")])
def test_what_changes_no_record_that_is_there_has_no_condition(site: Site, method: str, path: str) -> None:
    response = site.send(method, path, b"{}" if method == "POST" else None, headers={"If-Match": "broken"})

    assert response.status == 200
    assert site.core.calls[0].condition is None


def test_a_malformed_condition_is_told_after_the_key_and_what_is_wrong_with_the_body(site: Site) -> None:
    wrong = {"If-Match": "broken"}

    assert site.send("PUT", PATH, b"{}", key=None, headers=wrong).code == "API_KEY_REQUIRED"
    assert site.send("PUT", PATH, b"<x/>", headers=wrong | {"Content-Type": "text/xml"}).status == 415
    refused = site.send("PUT", PATH, b"{}", headers=wrong)
    assert (refused.status, refused.code) == (400, "VALIDATION_ERROR")
    assert [detail["field"] for detail in refused.json["error"]["details"]] == ["If-Match"]
    assert '"x", "y"' in refused.json["error"]["message"]
