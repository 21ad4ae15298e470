import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.codecs import BadOption
from core.mapping.model import ABSENT, Absent, Json, Unconvertible
from core.mapping.texts import text_steps


@pytest.mark.parametrize(
    ("steps", "text", "result"),
    [
        (["trim"], "  a b \n", "a b"),
        (["trim"], " \t ", ABSENT),
        (["collapse"], "a \r\n  b", "a b"),
        (["unescape"], "Fish &amp; Chips&#33;", "Fish & Chips!"),
        (["unescape"], "&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";"),
        (["strip_tags"], "<p>Call <b>before</b> delivery</p>", "Call before delivery"),
        (["strip_tags"], "1 < 2 and 3 > 2 <br/>", "1 < 2 and 3 > 2 "),
        (["strip_tags"], "open <b", "open <b"),
        (["strip_tags"], "<p></p>", ABSENT),
        (["upper"], "ab", "AB"),
        (["lower"], "AB", "ab"),
        ([{"after": " : "}], "Machine : CNC : MCNC", "MCNC"),
        ([{"after": " : "}], "MCNC", "MCNC"),
        ([{"before": ":"}], "a:b:c", "a"),
        ([{"before": ":"}], "abc", ABSENT),
        ([{"between": ["[", "]"]}], "[FURN] Lamp [x]", "FURN"),
        ([{"between": ["[", "]"]}], "Lamp [x]", ABSENT),
        ([{"between": ["[", "]"]}], "[FURN", ABSENT),
        ([{"between": ["''", "'"]}], "''a'", "a"),
        ([{"between": ["[[", "["]}], "[[", ABSENT),
        ([{"prefix": "SHOP-"}, {"suffix": "!"}], "7", "SHOP-7!"),
        (["trim", {"prefix": "SHOP-"}], "  ", ABSENT),
        ([], "", ABSENT),
        ([{"between": ["[", "]"]}, "trim", "lower"], "[ A ]", "a"),
    ],
)
def test_steps_are_taken_in_order(steps: Json, text: str, result: str | Absent) -> None:
    assert text_steps(steps).apply(text) == result


@pytest.mark.parametrize(
    ("steps", "two_way"),
    [
        (["trim", "collapse", "upper", "lower", {"prefix": "a"}, {"suffix": "b"}], True),
        (["unescape"], False),
        (["strip_tags"], False),
        ([{"after": "a"}], False),
        ([{"before": "a"}], False),
        (["trim", {"between": ["a", "b"]}], False),
    ],
)
def test_only_steps_that_lose_nothing_are_two_way(steps: Json, two_way: bool) -> None:
    assert text_steps(steps).two_way is two_way


AFFIXES = st.lists(
    st.fixed_dictionaries({"prefix": st.text(min_size=1, max_size=3)})
    | st.fixed_dictionaries({"suffix": st.text(min_size=1, max_size=3)}),
    max_size=4,
)


@given(AFFIXES, st.text(min_size=1))
def test_prefixes_and_suffixes_come_off_again(steps: Json, text: str) -> None:
    parsed = text_steps(steps)

    dressed = parsed.apply(text)

    assert dressed is not ABSENT
    assert parsed.undo(dressed) == text


def test_a_prefix_comes_off_in_the_form_that_later_steps_gave_it() -> None:
    parsed = text_steps([{"prefix": " shop-"}, "trim", "upper"])

    assert parsed.apply("a") == "SHOP-A"
    assert parsed.undo("SHOP-A") == "A"


@pytest.mark.parametrize("text", ["7", "SHOP-", "shop-7", ""])
def test_a_text_without_its_prefix_cannot_be_written(text: str) -> None:
    with pytest.raises(Unconvertible, match="SHOP-…"):
        text_steps([{"prefix": "SHOP-"}]).undo(text)


def test_other_steps_leave_a_text_as_it_is_on_the_way_out() -> None:
    assert text_steps(["trim", "upper"]).undo(" a ") == " a "


@pytest.mark.parametrize(
    "steps",
    [
        ["trimm"],
        [7],
        [{}],
        [{"prefix": "a", "suffix": "b"}],
        [{"prefix": ""}],
        [{"prefix": 1}],
        [{"cut": "x"}],
    ]
    + [[{"between": bad}] for bad in ("[]", ["["], ["[", ""], ["[", 1])],
)
def test_a_step_that_is_none_is_refused(steps: Json) -> None:
    with pytest.raises(BadOption):
        text_steps(steps)


@pytest.mark.parametrize("step", ["trim", "collapse", "unescape", "strip_tags", {"between": ["<", ">"]}])
def test_long_hostile_texts_take_no_long_time(step: Json) -> None:
    steps = text_steps([step])

    for text in ("<" * 200_000, "<a" * 100_000, "&" * 200_000, " " * 200_000, "< >" * 70_000):
        steps.apply(text)
