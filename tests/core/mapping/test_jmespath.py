"""Reading a place is a JMESPath expression without projections: where that gives null we find nothing.

The cases have the shape of that language's own suite. What is no object or array where one is due is null
there; here it is an error at the same place.
"""

import json
from pathlib import Path
from typing import Any

import jmespath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jmespath.exceptions import EmptyExpressionError, ParseError

from core.mapping import load
from core.mapping.paths import BadPath, Step, parse, show

GROUPS = json.loads(Path(__file__).with_name("jmespath_cases.json").read_text("utf-8"))
CASES = [pytest.param(group["given"], case, id=case["path"]) for group in GROUPS for case in group["cases"]]
RESULTS = [case for case in CASES if "error" not in case.values[1]]
ERRORS = [case for case in CASES if "error" in case.values[1]]


def read(document: Any, path: str) -> tuple[Any, list[tuple[str, str]]]:
    """What is at a path, None where nothing is, and the errors, by the function and by the definition."""
    mapping = load(
        {
            "format": "datamingle.mapping/1",
            "resource": "orders",
            "unmapped": "drop",
            "rules": [{"partner": path, "internal": "found", "direction": "in"}],
        }
    )
    result, explained = mapping.inbound(document), mapping.inbound.explain(document)
    assert (explained.value, explained.errors) == (result.value, result.errors)
    return result.value.get("found"), [(error.code, error.partner) for error in result.errors]


@pytest.mark.parametrize(("document", "case"), RESULTS)
def test_a_path_finds_what_the_expression_gives(document: Any, case: dict[str, Any]) -> None:
    found, errors = read(document, case["path"])

    assert jmespath.search(case["expression"], document) == case["result"]
    assert (found, type(found)) == (case["result"], type(case["result"]))
    assert errors == ([("wrong_shape", case["wrong_shape"])] if "wrong_shape" in case else [])


@pytest.mark.parametrize(("document", "case"), ERRORS)
def test_what_is_no_expression_is_no_path(document: Any, case: dict[str, Any]) -> None:
    with pytest.raises((ParseError, EmptyExpressionError)):
        jmespath.search(case["expression"], document)
    with pytest.raises(BadPath):
        parse(case["path"])


NAMES = st.sampled_from(["a", "b", "", "a.b", "é", "'", '"', "\\", "\n", "0", "x y", "[0]", "*", "^", "@"])
DOCUMENTS = st.dictionaries(
    NAMES,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=2),
        lambda inner: (
            st.lists(inner.filter(lambda value: not isinstance(value, list)), max_size=3)
            | st.dictionaries(NAMES, inner, max_size=3)
        ),
        max_leaves=12,
    ),
    max_size=4,
)


@st.composite
def paths_into(draw: st.DrawFn, document: Any) -> tuple[Step, ...]:
    """Steps that mostly lead somewhere."""
    steps: list[Step] = []
    value = document
    for _ in range(draw(st.integers(1, 5))):
        if isinstance(value, list):
            step: Step = draw(st.integers(-4, 4))
        else:
            step = draw(st.sampled_from(sorted(value)) if isinstance(value, dict) and value else NAMES)
        steps.append(step)
        value = jmespath.search(expression_of((step,), bare="@"), value)
    return tuple(steps)


def expression_of(steps: tuple[Step, ...], bare: str = "") -> str:
    """The same steps in the other language."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"{'' if text else bare}[{step}]"
        else:
            text += ("." if text else "") + json.dumps(step)
    return text


@given(st.data())
def test_any_path_finds_what_the_expression_gives(data: st.DataObject) -> None:
    document = data.draw(DOCUMENTS)
    steps = data.draw(paths_into(document))

    found, errors = read(document, show(steps))

    expected = jmespath.search(expression_of(steps), document)
    assert (found, type(found)) == (expected, type(expected))
    assert [code for code, _ in errors] in ([], ["wrong_shape"])
    assert not errors or found is None
