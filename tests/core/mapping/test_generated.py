"""Generated code does what the interpreter does (law L7), whatever the mapping and the document."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.mapping import load
from core.mapping.budget import MOST_ELEMENTS, Budget
from core.mapping.directions import MappingDirection
from core.mapping.equality import same
from core.mapping.interpret import Run
from core.mapping.standing import Standing
from tests.core.mapping.rich_strategies import (
    CODECS,
    CONDITIONS,
    ODD,
    VALUES,
    WRAPS,
    our_documents,
    rich_mappings,
    their_documents,
)
from tests.core.mapping.strategies import internal_documents, mappings, partner_documents
from tests.core.mapping.test_cases import CASES, mapping_of

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "400" if os.environ.get("CI") else "60"))
MAPPED = [case for case in CASES if "in" in case or "out" in case]
laws = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


class Rows(list[Any]):
    """An array that no JSON parser makes."""


def mapping_with(*rules: dict[str, Any], **options: Any) -> Any:
    return load({"format": "datamingle.mapping/1", "resource": "orders", "rules": list(rules), **options})


def agrees(direction: MappingDirection, document: Any) -> None:
    """Hold the law for one document; what the interpreter maps without errors must not deviate."""
    run = Run(direction.plan)
    value = run.document(Standing(document))
    before = direction.runner.fallbacks

    result, budget = direction(document), Budget()
    direction.runner.run(Standing(document), budget)

    assert budget.left == run.budget.left
    assert same(result.value, value)
    assert bool(result.errors) == bool(run.errors.faults)
    assert result.defaulted == run.defaulted
    assert direction.runner.fallbacks == before


@pytest.mark.parametrize("case", MAPPED, ids=lambda case: f"{case['n']}-{case['title']}")
def test_l7_in_the_small_cases(case: dict[str, Any]) -> None:
    mapping = mapping_of(case)

    if "in" in case:
        agrees(mapping.inbound, case["in"])
    if "out" in case:
        agrees(mapping.outbound, case["out"])


@laws
@given(st.data())
def test_l7_in_random_mappings(data: st.DataObject) -> None:
    mapping = load(data.draw(mappings()))

    agrees(mapping.inbound, data.draw(partner_documents(mapping.document)))
    agrees(mapping.outbound, data.draw(internal_documents(mapping.document)))


@laws
@given(st.data())
def test_l7_in_mappings_with_every_helper(data: st.DataObject) -> None:
    mapping = data.draw(rich_mappings())

    agrees(mapping.inbound, data.draw(their_documents(mapping)))
    agrees(mapping.outbound, data.draw(our_documents(mapping)))


@pytest.mark.parametrize("empty", [[], [None, ""], [None, "", [], {}, 0, False], ["none", -1]], ids=str)
@pytest.mark.parametrize("wrap", [None, "value", ["value", ""], ["value.text", "value", ""]], ids=str)
def test_every_condition_holds_where_the_interpreter_says_so(empty: list[Any], wrap: Any) -> None:
    options = {"empty": empty} if wrap is None else {"empty": empty, "wrap": wrap}
    for condition in CONDITIONS:
        inbound = mapping_with({"internal": "b", "test": condition}, **options).inbound
        for value in [*ODD, *VALUES]:
            for name in ("p", "q"):
                agrees(inbound, {name: value})
                agrees(inbound, {name: {"value": value}})
                agrees(inbound, {name: {"k": value, "value": {"text": value}}})


@pytest.mark.parametrize("options", CODECS, ids=str)
@pytest.mark.parametrize("nulls", ["keep", "absent", "reject"])
def test_every_value_is_converted_as_the_interpreter_does(options: dict[str, Any], nulls: str) -> None:
    for wrap in (None, *WRAPS):
        for empty in ([], [None, "", [], {}], ["none", 0, [None]]):
            wrapping = {} if wrap is None else {"wrap": wrap}
            rules = (
                {"partner": "a", "internal": "a", **options, "nulls": nulls},
                {"partner": ["b.c", "b", "d"], "internal": "b", **options, "nulls": nulls},
            )
            mapping = mapping_with(*rules, unmapped="pass", empty=empty, **wrapping)
            for value in [*ODD, *VALUES]:
                for there in (value, {"value": value}, {"value": {"text": value}}, {"raw": value, "v": 1}):
                    agrees(mapping.inbound, {"a": there})
                    agrees(mapping.inbound, {"b": there, "d": value})
                    agrees(mapping.inbound, {"b": {"c": there}})
                agrees(mapping.outbound, {"a": value, "b": value, "c": value})


@laws
@given(st.data())
def test_records_are_chosen_as_the_conditions_say(data: st.DataObject) -> None:
    mapping = data.draw(rich_mappings(on_records=True))
    document = data.draw(their_documents(mapping))
    reader = mapping._reader

    accepted = all(asking.holds(Standing(document)) for asking in reader.accept)
    counted = all(asking.holds(Standing(document)) for asking in reader.where)

    records = mapping.read(document).records
    assert len(records) == counted
    for record in records:
        assert accepted == all(error.code != "not_accepted" for error in record.errors)


def test_a_run_that_only_the_interpreter_can_do_is_counted() -> None:
    inbound = mapping_with({"partner": "rows[].a", "internal": "items[].b"}).inbound

    result = inbound({"rows": Rows([{"a": 1}])})

    assert result.value == {"items": [{"b": 1}]}
    assert inbound.runner.fallbacks == 1


def test_a_document_with_errors_is_no_fallback() -> None:
    inbound = mapping_with({"partner": "a", "internal": "b", "type": "integer"}).inbound

    assert [error.code for error in inbound({"a": "one"}).errors] == ["not_convertible"]
    assert inbound.runner.fallbacks == 0


def test_too_many_elements_are_an_error() -> None:
    inbound = mapping_with({"partner": "a[]", "internal": "b[]"}).inbound

    assert not inbound({"a": [1] * MOST_ELEMENTS}).errors
    assert [error.code for error in inbound({"a": [1] * (MOST_ELEMENTS + 1)}).errors] == ["too_many_elements"]


def test_all_records_together_may_have_so_many_elements() -> None:
    mapping = mapping_with({"partner": "a[]", "internal": "b[]"}, record="records[]")
    half = {"a": [1] * (MOST_ELEMENTS // 2)}

    reading = mapping.read({"records": [half, half, {}]})

    assert [len(record.errors) for record in reading.records] == [0, 1, 0]


def test_places_are_found_after_a_generated_run() -> None:
    mapping = mapping_with({"partner": "rows[].n.value", "internal": "items[].quantity", "type": "integer"})

    (record,) = mapping.read({"rows": [{"n": {"value": 1}}, {"n": {"value": "2"}}]}).records

    assert not record.errors
    assert record.place_of(("items", 1, "quantity")).field == "rows[1].n.value"


def test_nothing_is_compiled_before_a_whole_document_is_mapped() -> None:
    inbound = mapping_with({"partner": "a", "internal": "b"}).inbound

    inbound.explain({"a": 1})
    inbound({"a": 1}, partial=True)
    assert "function" not in vars(inbound.runner)

    inbound({"a": 1})
    assert "function" in vars(inbound.runner)


def test_nothing_is_compiled_for_a_draft() -> None:
    rules = [{"partner": "a", "internal": "b"}]
    document = {"format": "datamingle.mapping/1", "resource": "orders", "accept": {"a": {"in": [1]}}}
    mapping = load({**document, "rules": rules}, draft=True)

    (record,) = mapping.read({"a": 1}).records

    assert record.value == {"b": 1}
    assert not record.errors
    assert "function" not in vars(mapping.inbound.runner)
    assert "function" not in vars(mapping._reader._accepting)


def test_the_deepest_conditions_can_be_compiled() -> None:
    condition: Any = {"p": {"in": [1]}}
    for _ in range(28):
        condition = {"any": [{"q": {"in": [1]}}, condition]}

    mapping = mapping_with({"internal": "b", "test": condition})

    agrees(mapping.inbound, {"p": 1, "q": 2})
    agrees(mapping.inbound, {"p": 2, "q": 2})


def test_the_deepest_arrays_can_be_compiled() -> None:
    group: dict[str, Any] = {"partner": "x", "internal": "y", "default": 1}
    document: Any = {"x": 2}
    for depth in range(3, 0, -1):
        group = {"partner": f"a{depth}[]", "internal": f"b{depth}[]", "rules": [group]}
        document = {f"a{depth}": [document, {}, document]}
    deep = {"partner": "a0[].deep[]", "internal": "b0[]", "flatten": True, "rules": [group]}
    mapping = mapping_with({**deep, "rules": [{"partner": "q", "internal": "q"}]}, group)

    agrees(mapping.inbound, {"a0": [{"deep": [{"q": 1}]}, {}], **document})
    agrees(mapping.outbound, mapping.inbound(document).value)
