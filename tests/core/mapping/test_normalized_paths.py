"""Places against RFC 9535 (normalized paths, section 2.7) and RFC 6901 (JSON Pointers)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping import load
from core.mapping.model import Json, Place
from core.mapping.paths import BadPath, parse, pointer, quoted

ESCAPED = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", "'": r"\'", "\\": r"\\"}


def normalized(place: Place) -> str:
    """The normalized path, written from the grammar of the RFC."""
    text = "$"
    for step in place:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            inner = (ESCAPED.get(c, f"\\u{ord(c):04x}" if c < " " else c) for c in step)
            text += f"['{''.join(inner)}']"
    return text


def at(document: Json, text: str) -> Json:
    """The value that a pointer names, by section 4 of RFC 6901."""
    for token in text.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("$['a']", ("a",)),
        ("$['a'][1]", ("a", 1)),
        ("$['a']['b'][1]['c']", ("a", "b", 1, "c")),
        (r"$['\u000b']", ("\x0b",)),
        (r"$['\u0000\u001f']", ("\x00\x1f",)),
        (r"$['\b\t\n\f\r']", ("\b\t\n\f\r",)),
        (r"$['it\'s']", ("it's",)),
        (r"$['back\\slash']", ("back\\slash",)),
        ("$['say \"hi\"']", ('say "hi"',)),
        ("$['a/b']['~']['']", ("a/b", "~", "")),
        ("$['ü😀\x7f\u2028']", ("ü😀\x7f\u2028",)),
        ("$['a.b']['c[0]']['*']['^']['0']", ("a.b", "c[0]", "*", "^", "0")),
    ],
)
def test_a_normalized_path_is_a_path(text: str, place: Place) -> None:
    assert normalized(place) == text
    assert parse(text.removeprefix("$")).steps == place


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=5).filter(
    lambda name: name not in ("__proto__", "constructor", "prototype")
)


@given(NAMES)
def test_names_are_quoted_as_the_rfc_normalizes_them(name: str) -> None:
    assert f"$[{quoted(name)}]" == normalized((name,))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r'["\u000B"]', "\x0b"),
        (r'["\u0061"]', "a"),
        (r'["\uD83D\uDE00"]', "😀"),
        (r'["\/"]', "/"),
        (r"['\"']", None),
        (r'["\'"]', None),
        (r"['\u{61}']", None),
        (r"['\x61']", None),
        (r"['\uD83D']", None),
        (r"['\uDE00\uD83D']", None),
        (r"['\ud83da']", None),
        ("['\t']", None),
        ("['a", None),
        ("['a'", None),
        ("[' a ']", " a "),
        ("[ 'a' ]", None),
    ],
)
def test_other_spellings_of_a_name(text: str, name: str | None) -> None:
    if name is None:
        with pytest.raises(BadPath):
            parse(text)
    else:
        assert parse(text).steps == (name,)
        assert normalized(parse(text).steps) == f"$[{quoted(name)}]"


DOCUMENTS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    NAMES,
    st.recursive(
        st.integers(),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=3,
)


def leaves(value: Json, place: Place = ()) -> list[tuple[Place, Json]]:
    if isinstance(value, dict):
        return [leaf for name, inner in value.items() for leaf in leaves(inner, (*place, name))]
    if isinstance(value, list) and not (place and isinstance(place[-1], int)):
        return [leaf for number, inner in enumerate(value) for leaf in leaves(inner, (*place, number))]
    return [(place, value)]


@given(DOCUMENTS, st.data())
def test_an_error_names_the_place_by_a_pointer_and_by_a_path_that_reads_it(
    document: dict[str, Any], data: st.DataObject
) -> None:
    place, value = data.draw(st.sampled_from(leaves(document)))
    path = normalized(place).removeprefix("$")
    mapping = load(
        {
            "format": "datamingle.mapping/1",
            "resource": "orders",
            "unmapped": "drop",
            "rules": [
                {"partner": path, "internal": "found", "direction": "in"},
                {"partner": path, "internal": "day", "type": "date", "direction": "in"},
            ],
        }
    )

    result = mapping.inbound(document)

    (error,) = result.errors
    assert result.value == {"found": value}
    assert error.pointer == pointer(place)
    assert at(document, error.pointer) == value
    assert parse(error.partner).steps == place


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((), ""),
        (("foo",), "/foo"),
        (("foo", 0), "/foo/0"),
        (("",), "/"),
        (("a/b",), "/a~1b"),
        (("c%d",), "/c%d"),
        (("e^f",), "/e^f"),
        (("g|h",), "/g|h"),
        (("i\\j",), "/i\\j"),
        (('k"l',), '/k"l'),
        ((" ",), "/ "),
        (("m~n",), "/m~0n"),
        (("~1",), "/~01"),
        (("~01/",), "/~001~1"),
        (("a", "", "b"), "/a//b"),
    ],
)
def test_pointers_are_those_of_the_rfc(place: Place, text: str) -> None:
    assert pointer(place) == text
