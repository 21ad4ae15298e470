"""Strict JSON: the fast way and the exact way agree, and every fault is named with its place."""

import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.http.json_faults import MAX_DEPTH, examine
from adapters.http.strict_json import Doubt, read_quickly
from core.entities.json import Json
from core.errors import ValidationFailed

KEYS = st.sampled_from(["a", "b", ":", '":', "\\", "é", "\x7f", "\0", "\ud800", "{", "["]) | st.text(
    max_size=3
)
EDGES = [2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64]
LONG = ["9" * 40, "9" * 40 + ".5", *(str(number) for number in EDGES)]
SHORT = ["0", "-0", "1.0", "1e2", "1E+400", "-1e999", "NaN", "Infinity", "01", "1.", "+1", ".5", "-"]
NUMBERS = st.sampled_from([*LONG, *SHORT])
SPACES = st.sampled_from(["", "", " ", "\n", "\t", "\r\n", "\x0b"])


@st.composite
def strings(draw: st.DrawFn) -> str:
    """A JSON string, its characters escaped or not."""
    text = draw(KEYS)
    if draw(st.booleans()):
        return json.dumps(text, ensure_ascii=draw(st.booleans()))
    return '"' + "".join(f"\\u{ord(character) & 0xFFFF:04x}" for character in text) + '"'


def objects(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Objects, keys repeated now and then, spaces around the colon."""
    members = st.tuples(strings(), SPACES, SPACES, inner).map(
        lambda parts: f"{parts[0]}{parts[1]}:{parts[2]}{parts[3]}"
    )
    return st.lists(members, max_size=4).map(lambda found: "{" + ",".join(found) + "}")


def arrays(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Arrays."""
    return st.lists(inner, max_size=4).map(lambda found: "[" + ",".join(found) + "]")


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """What nests, also deeply."""
    deep = st.tuples(inner, st.sampled_from([2, 40, 62, 63, 64, 65, 70])).map(lambda parts: _wrapped(*parts))
    return objects(inner) | arrays(inner) | deep


def _wrapped(text: str, levels: int) -> str:
    return "[" * levels + text + "]" * levels


SCALARS = strings() | NUMBERS | st.sampled_from(["true", "false", "null", "nul", ""])
DOCUMENTS = st.recursive(SCALARS, nested, max_leaves=8)


def exactly(raw: bytes) -> Json | Doubt:
    """The document by the exact way, or doubt where it refuses."""
    try:
        return examine(raw)
    except ValidationFailed:
        return Doubt()


@given(DOCUMENTS, SPACES)
@example('{"a":1,"a" :2}', "")
@example('{"a":1,"a":2,"b":"\\u003a"}', "")
@example('{"a":":","a":"::","b":"\\u003A"}', "")
def test_what_is_taken_quickly_is_what_is_taken_exactly(text: str, space: str) -> None:
    raw = (space + text + space).encode("utf-8", "surrogatepass")

    quick = read_quickly(raw)

    if not isinstance(quick, Doubt):
        assert repr(quick) == repr(exactly(raw))


@given(st.binary(max_size=40))
def test_no_bytes_break_the_reading(raw: bytes) -> None:
    quick = read_quickly(raw)

    assert isinstance(quick, Doubt) or repr(quick) == repr(exactly(raw))


@pytest.mark.parametrize(
    "document",
    [
        {
            "order_number": "PO-1",
            "items": [{"sku_code": "A", "quantity": 2}],
            "order_date": "2026-04-30T22:00:00Z",
        },
        {"url": "https://example.com/?a=1", "text": 'a ":" b', "big": 2**53, "number": 1.5, "é": "ü\t"},
        [{"deep": [[[{"x": {}}]]]}] * 30,
    ],
)
def test_ordinary_documents_are_taken_quickly(document: Json) -> None:
    assert read_quickly(json.dumps(document).encode()) == document
    assert read_quickly(json.dumps(document, indent=2, ensure_ascii=False).encode()) == document


@pytest.mark.parametrize(
    ("raw", "field", "code", "words"),
    [
        (b"\xef\xbb\xbf{}", "", "INVALID", "byte-order mark"),
        (b'{"a": "\xff"}', "", "INVALID", "not valid UTF-8 at byte 7"),
        (b'"\xed\xa0\x80"', "", "INVALID", "not valid UTF-8 at byte 1"),
        (b'{"a": 1', "", "INVALID", "line 1, column 8"),
        (b'{\n "a": 1,\n}', "", "INVALID", "line 3, column 1"),
        (b"{} x", "", "INVALID", "Extra data at line 1, column 4"),
        (b"{}{}", "", "INVALID", "Extra data"),
        (b" ", "", "INVALID", "line 1, column 2"),
        (b"{'a': 1}", "", "INVALID", "line 1, column 2"),
        (b'{"a": 1, "a": 2}', "", "NOT_UNIQUE", "'a'"),
        (b'{"items": [{"q": 1, "q": 1}]}', "items[0]", "NOT_UNIQUE", "'q'"),
        (b'{"a": NaN}', "a", "INVALID", "NaN is no JSON number"),
        (b"[-Infinity]", "[0]", "INVALID", "-Infinity is no JSON number"),
        (b'{"a": "x\\u0000"}', "a", "INVALID", "U+0000"),
        (b'{"a\\u0000": 1}', "", "INVALID", "U+0000"),
        (b'{"a": "\\ud800"}', "a", "INVALID", "lone surrogate at character 0"),
        (b'{"\\udfff": 1}', "", "INVALID", "lone surrogate"),
        (b'{"a": {"b": 9223372036854775808}}', "a.b", "OUT_OF_RANGE", "64 bits"),
        (b'{"a": -9223372036854775809}', "a", "OUT_OF_RANGE", "64 bits"),
        (b'{"a": 1e999}', "a", "OUT_OF_RANGE", "finite"),
        (b'{"a": ' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}", "", "INVALID", "64 levels"),
        (b"[" * 100_000, "", "INVALID", "64 levels"),
        (b'{"a":' * 100_000, "", "INVALID", "64 levels"),
    ],
)
def test_a_fault_is_named_with_its_place(raw: bytes, field: str, code: str, words: str) -> None:
    assert isinstance(read_quickly(raw), Doubt)

    with pytest.raises(ValidationFailed) as refused:
        examine(raw)

    problem = refused.value.problems[0]
    assert (problem.sent_as, problem.code) == (field, code)
    assert words in problem.message


def test_64_levels_are_taken() -> None:
    raw = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH

    assert read_quickly(raw) == examine(raw)


def test_the_largest_integers_are_taken() -> None:
    raw = b"[9223372036854775807,-9223372036854775808]"

    assert examine(raw) == [2**63 - 1, -(2**63)]


def test_every_fault_is_told_at_once_but_at_most_100() -> None:
    two = b'{"a": NaN, "b": {"c": "\\u0000", "c": 1}}'
    many = b"[" + b"NaN," * 200 + b"0]"

    with pytest.raises(ValidationFailed) as refused:
        examine(two)
    with pytest.raises(ValidationFailed) as flooded:
        examine(many)

    assert {problem.sent_as for problem in refused.value.problems} == {"a", "b"}
    assert len(flooded.value.problems) == 100


def test_a_huge_key_does_not_come_back_whole() -> None:
    raw = b'{"' + b"k" * 1_000_000 + b'": [NaN, NaN]}'

    with pytest.raises(ValidationFailed) as refused:
        examine(raw)

    assert sum(len(problem.sent_as or "") for problem in refused.value.problems) < 1000


@pytest.mark.parametrize(
    "raw",
    [
        b"9" * 5_000_000,
        b"[" + b"9" * 5_000_000 + b"]",
        b'"' + b"\\u0000" * 800_000 + b'"',
        b"[" * 5_000_000,
        b"-" + b"9" * 5_000_000 + b".5",
        b'{"a":1,' * 500_000,
        b"[" + b"NaN," * 500_000 + b"0]",
        b"[" + b'{"a":1,"a":1},' * 200_000 + b"0]",
        b"[" + b'"\\u0000",' * 300_000 + b"0]",
        b"[" + b"[]," * 700_000 + b'"\\u0000"]',
    ],
    ids=[
        "digits",
        "digits in an array",
        "escapes",
        "brackets",
        "fraction",
        "unfinished",
        "NaN",
        "repeated",
        "NUL",
        "lists",
    ],
)
def test_hostile_megabytes_take_no_longer_than_their_reading(raw: bytes) -> None:
    before = time.process_time()

    assert isinstance(read_quickly(raw), Doubt)
    assert isinstance(exactly(raw), Doubt)

    assert time.process_time() - before < 5
