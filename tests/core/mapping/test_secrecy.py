"""What secret rules read is shown in no error, whoever meets the fault."""

from typing import Any

import pytest

from core.entities.resource import DESCRIPTIONS, Resource
from core.mapping.mapping import lint
from core.mapping.model import Json, MappingError
from tests.core.mapping.building import mapping_of


def pair(partner: Json, internal: str, **options: Json) -> dict[str, Json]:
    return {"partner": partner, "internal": internal, **options}


def whole(partner: Json, internal: str) -> dict[str, Json]:
    return pair(partner, internal, type="integer", direction="in")


def hidden(partner: Json, internal: str, **options: Json) -> dict[str, Json]:
    return pair(partner, internal, secret=True, direction="in", **options)


KEY: Json = {"partner": "z", "internal": "z", "secret": True}
ANSWER: Json = {"internal": "t", "test": {"a": {"in": [1]}}, "secret": True}


def errors_of(payload: Json, *rules: Any, **options: Any) -> tuple[MappingError, ...]:
    return mapping_of(*rules, **options).read(payload).records[0].errors


@pytest.mark.parametrize(
    ("payload", "rules"),
    [
        ({"T": "SEC"}, [{"partner": "T", "const": "SEC2", "expect": True, "secret": True}]),
        ({"T": "SEC"}, [hidden("T", "t", values=[["SEC1", "SEC2"]])]),
        ({"q": "SEC"}, [hidden("q[]", "q2[]", type="string")]),
        ({"q": ["SEC", {"z": 1}]}, [pair("q[]", "q[]", rules=[KEY])]),
        ({"q": ["SEC"]}, [pair("q[]", "q[]", rules=[KEY])]),
        ({"a": "SEC"}, [hidden("a.b", "x")]),
        ({"a": "SEC"}, [whole("a", "x"), hidden("a", "y", type="integer")]),
        ({"a": "SEC"}, [hidden("a", "y", type="integer"), whole("a", "x")]),
        ({"a": "SEC"}, [whole("a", "x"), hidden("a", "y", type="boolean")]),
        ({"a": {"b": "SEC"}}, [whole("a.b", "x"), hidden("a", "y")]),
        ({"l": [{"b": "SEC"}]}, [whole("l[0].b", "x"), hidden("l[=].b", "y")]),
        ({"U_x": "SEC"}, [whole("U_x", "x"), hidden("U_*", "metadata.*")]),
        ({"n": [{"k": "K", "v": "SEC"}]}, [whole("n[k='K'].v", "x"), hidden("n", "m", pairs=["k", "v"])]),
        ({"a": "SEC"}, [whole("a", "x"), ANSWER]),
    ],
)
def test_the_value_is_left_out(payload: Json, rules: list[Json]) -> None:
    errors = errors_of(payload, *rules)

    assert errors
    assert "SEC" not in repr(errors)
    assert {error.found for error in errors} == {None}


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ("SEC", "expected a whole number, found a string"),
        (1.5, "expected a whole number, found a number"),
        (True, "expected a whole number, found a boolean"),
        ([], "expected a whole number, found an array"),
    ],
)
def test_its_kind_is_told(payload: Json, reason: str) -> None:
    (error,) = errors_of({"a": payload}, pair("a", "x", type="integer", secret=True))

    assert error.reason == reason


def test_another_value_is_due_whatever_the_rule_says() -> None:
    rules = [
        pair("T", "t", values=[["A", "b"]], direction="in"),
        {"partner": "T", "const": "S", "expect": True, "secret": True},
    ]

    errors = errors_of({"T": "x"}, *rules)

    assert {(error.expected, error.reason) for error in errors} == {
        ("another value", "expected another value, found a string")
    }


def test_so_is_a_record_that_is_not_accepted_for_it() -> None:
    (error,) = errors_of({"a": "SEC"}, pair("a", "x", secret=True), accept={"a": {"in": ["b"]}})

    assert (error.code, error.found) == ("not_accepted", None)


def test_it_makes_no_difference_where_the_record_stands() -> None:
    rules = [pair("^.a", "x", type="integer"), pair("^.a", "y", type="boolean", direction="in", secret=True)]
    payload = {"data": {"a": "SEC", "rows": [{}]}}

    errors = errors_of([payload], *rules, record="data.rows[]")

    assert [(error.pointer, error.found) for error in errors] == [("/0/data/a", None)] * 2


def test_outward_our_values_are_left_out() -> None:
    rules = [
        pair("q[]", "q[]", rules=[KEY]),
        pair("a", "x", secret=True, values=[["SEC1", "SEC2"]]),
        pair("b", "x", type="integer", direction="out"),
    ]

    errors = mapping_of(*rules).outbound({"q": "SEC", "x": "SEC"}).errors

    assert {error.code for error in errors} == {"wrong_shape", "value_not_mapped", "wrong_type"}
    assert "SEC" not in repr(errors)


def test_what_stands_beside_it_is_shown() -> None:
    rules = [pair("o.a", "x", secret=True), pair("o.b", "y", type="integer"), pair("q[]", "q[]", rules=[KEY])]

    (error,) = errors_of({"o": {"a": "SEC", "b": "one"}, "q": []}, *rules)

    assert error.found == 'string "one"'


def test_lint_shows_none_of_a_sample() -> None:
    rules = [pair("l[]", "items[]", rules=[pair("q", "quantity", secret=True)])]

    findings = lint(
        {"rules": [pair("n", "order_number"), pair("l[].s", "items[].sku_code"), *rules]},
        DESCRIPTIONS[Resource.ORDERS].schema(),
        [{"n": "1", "l": [{"s": "a", "q": "SEC"}]}],
    )

    (refused,) = [finding for finding in findings if finding.code == "sample_refused"]
    assert "items[0].quantity gets a string, but" in refused.message
    assert "SEC" not in repr(findings)
