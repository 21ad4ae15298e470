"""The path language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.paths import (
    EACH,
    OUTWARD,
    SAME,
    BadPath,
    Keyed,
    Prefix,
    Step,
    is_array_step,
    parse,
    pointer,
    show,
)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("a", ("a",)),
        ("a.b", ("a", "b")),
        ("lines[].sku", ("lines", EACH, "sku")),
        ("lines[0].sku", ("lines", 0, "sku")),
        ("lines[-1]", ("lines", -1)),
        ("lines[=].sku", ("lines", SAME, "sku")),
        ("lines.0.sku", ("lines", "0", "sku")),
        ("['unit.price']", ("unit.price",)),
        ('["a[0]"].b', ("a[0]", "b")),
        ("['']", ("",)),
        (r"['it\'s']", ("it's",)),
        (r"a['\u00e9\ud83d\ude00\n']", ("a", "é😀\n")),
        ("@context", ("@context",)),
        ("PO Number", ("PO Number",)),
        ("größe.a-b.$x.x/y", ("größe", "a-b", "$x", "x/y")),
        ("^.^.x", (OUTWARD, OUTWARD, "x")),
        ("['^'].x", ("^", "x")),
        ("refs[type='Barcode'].id", ("refs", Keyed("type", "Barcode"), "id")),
        ("refs['a.b'='x y']", ("refs", Keyed("a.b", "x y"))),
        ("metadata.*", ("metadata", Prefix(""))),
        ("U_*", (Prefix("U_"),)),
        ("['U_*']", ("U_*",)),
    ],
)
def test_what_a_path_says(text: str, steps: tuple[Step, ...]) -> None:
    assert parse(text).steps == steps


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", 1, "a name is missing"),
        ("a..b", 3, "a name is missing"),
        (".a", 1, "a name is missing"),
        ("a.", 3, "a name is missing"),
        ("[0].a", 1, "begins with a name"),
        ("a[*]", 3, "write [] for each element"),
        ("a[01]", 3, "no leading zero"),
        ("a[-0]", 3, "no element -0"),
        ("a[12345]", 3, "at most 4 digits"),
        ("a[x]", 3, "needs quotes: ['x']"),
        ("a[x=y]", 3, "needs quotes"),
        ("a['x'", 6, "closing bracket"),
        ("a['x", 5, "closing quote"),
        ("a'b", 2, "a dot or a bracket"),
        ("a\\b", 2, "a dot or a bracket"),
        ("a .b", 1, "a space at its end"),
        ("a]b", 2, "a dot or a bracket"),
        (r"a['\q']", 5, "no such escape"),
        (r"a['x\"y']", 6, "needs no backslash"),
        (r"a['\ud800']", 9, "surrogate"),
        ("rows[][]", 7, "array directly inside an array"),
        ("a.__proto__.b", 3, "not allowed"),
        ("a.^.b", 3, "only stand at the start"),
        ("a*.b", 1, "only be the last step"),
        ("a" * 513, 513, "at most 512 characters"),
        (".".join("a" * 25), 49, "at most 24 steps"),
        ("a[].b[].c[].d[].e[]", 18, "at most 4 times []"),
    ],
)
def test_what_is_no_path_and_why(text: str, column: int, says: str) -> None:
    with pytest.raises(BadPath) as bad:
        parse(text)

    assert says in bad.value.message
    assert bad.value.column == column


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=6).filter(
    lambda name: name not in ("__proto__", "constructor", "prototype")
)
ELEMENTS = st.one_of(st.sampled_from([EACH, SAME]), st.integers(-9999, 9999), st.builds(Keyed, NAMES, NAMES))


@st.composite
def steps_of_a_path(draw: st.DrawFn) -> tuple[Step, ...]:
    steps: list[Step] = [OUTWARD] * draw(st.integers(0, 2))
    for name in draw(st.lists(NAMES, min_size=1, max_size=4)):
        steps.append(name)
        if draw(st.booleans()):
            steps.append(draw(ELEMENTS))
    if draw(st.booleans()):
        beginning = draw(st.from_regex(r"[A-Za-z_]{0,3}", fullmatch=True))
        steps.append(Prefix(beginning))
    return tuple(steps)


@given(steps_of_a_path())
def test_a_path_reads_as_it_is_shown(steps: tuple[Step, ...]) -> None:
    assert parse(show(steps)).steps == steps
    assert show(parse(show(steps)).steps) == show(steps)


def test_there_is_one_text_for_each_path() -> None:
    assert show(parse('["a"]["b c"]["d.e"]').steps) == "a.b c['d.e']"
    assert str(parse(r'["\u0001"]')) == r"['\u0001']"


@pytest.mark.parametrize(
    ("steps", "text"),
    [(("a", 0, "b"), "/a/0/b"), (("a/b", "c~d", ""), "/a~1b/c~0d/"), ((), "")],
)
def test_pointers_follow_rfc_6901(steps: tuple[Step, ...], text: str) -> None:
    assert pointer(steps) == text


def test_a_pointer_ends_where_the_place_is_not_known() -> None:
    assert pointer(("refs", Keyed("type", "x"), "id")) == "/refs"
    assert is_array_step(Keyed("type", "x"))
