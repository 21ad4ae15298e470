"""No document has more array elements gone through than are allowed, however often they are read."""

from time import process_time
from typing import Any

import pytest

from core.mapping import FieldMapping, load
from core.mapping.budget import MOST_ELEMENTS, Budget
from core.mapping.interpret import Run
from core.mapping.standing import Standing

MANY = 2_000
ONCE = MOST_ELEMENTS // 2 + 1
LINES: list[Any] = [{"n": number} for number in range(MANY)]
HEADER = [{"n": 1, "k": "x", "v": 2, "inner": [{"k": "x", "v": 1}]} for _ in range(MANY)]
OBJECT = {f"U_{number}": number for number in range(MANY)}


def mapping_of(*rules: dict[str, Any], draft: bool, **options: Any) -> FieldMapping:
    document = {"format": "datamingle.mapping/1", "resource": "orders", "rules": list(rules), **options}
    return load(document, draft=draft)


def in_lines(rule: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"partner": "lines[]", "internal": "items[]", "rules": [rule], **options}


RULES_OF_LINES = {
    "total": {"partner": "^.header[].n", "internal": "quantity", "total": "sum"},
    "gather": {"partner": "^.header[].n", "internal": "numbers", "gather": True},
    "joined": {"partner": "^.header[].k", "internal": "notes", "gather": True, "join": ","},
    "pairs": {"partner": "^.header", "internal": "metadata.*", "pairs": ["k", "v"], "direction": "in"},
    "prefix": {"partner": "^.object.U_*", "internal": "metadata.*", "direction": "in"},
    "agreed": {"partner": "^.header[=].n", "internal": "quantity", "direction": "in"},
    "keyed": {"partner": "^.header[k='y'].v", "internal": "quantity", "direction": "in"},
    "keyed in alternatives": {
        "partner": ["x", "^.header[k='y'].v"],
        "internal": "quantity",
        "direction": "in",
    },
    "keyed in agreed": {"partner": "^.header[=].inner[k='x'].v", "internal": "v", "direction": "in"},
    "asked": {"internal": "flag", "test": {"^.header[k='y'].v": {"in": [1]}}},
    "asked of agreed": {"internal": "flag", "test": {"^.header[=].n": {"in": [1]}}},
    "where": {
        "partner": [{"path": "n", "where": {"^.header[k='y'].v": {"present": False}}}],
        "internal": "n",
    },
    "gathered where": {
        "partner": "^.few[].n",
        "internal": "numbers",
        "gather": True,
        "where": {"^.header[k='y'].v": {"present": False}},
    },
}


@pytest.mark.parametrize("draft", [True, False], ids=["interpreted", "generated"])
@pytest.mark.parametrize("rule", RULES_OF_LINES.values(), ids=RULES_OF_LINES.keys())
def test_what_every_element_reads_outside_of_it_counts_each_time(rule: dict[str, Any], draft: bool) -> None:
    inbound = mapping_of(in_lines(rule), draft=draft, unmapped="drop").inbound
    sent = {"lines": LINES, "header": HEADER, "object": OBJECT, "few": [{"n": 1}] * 3}

    before = process_time()
    result = inbound(sent)
    taken = process_time() - before

    assert {error.code for error in result.errors} == {"too_many_elements"}
    assert taken < 6  # to go through all of them takes 20 s and more


@pytest.mark.parametrize("draft", [True, False], ids=["interpreted", "generated"])
def test_so_does_what_the_condition_of_a_group_reads(draft: bool) -> None:
    group = in_lines({"partner": "n", "internal": "n"}, where={"^.header[k='y'].v": {"present": False}})

    result = mapping_of(group, draft=draft).inbound({"lines": LINES, "header": HEADER})

    assert {error.code for error in result.errors} == {"too_many_elements"}


@pytest.mark.parametrize("draft", [True, False], ids=["interpreted", "generated"])
@pytest.mark.parametrize("member", ["where", "accept"])
def test_so_does_what_a_condition_on_records_reads(member: str, draft: bool) -> None:
    condition = {member: {"^.header[k='y'].v": {"present": False}}}
    mapping = mapping_of({"partner": "n", "internal": "n"}, draft=draft, record="lines[]", **condition)

    records = mapping.read({"lines": LINES, "header": HEADER}).records

    assert {error.code for record in records for error in record.errors} == {"too_many_elements"}
    assert records[0].errors == ()


@pytest.mark.parametrize("draft", [True, False], ids=["interpreted", "generated"])
@pytest.mark.parametrize(
    "rule",
    [
        {"partner": "w[].n", "internal": "quantity", "total": "sum"},
        {"partner": "w[].n", "internal": "numbers", "gather": True},
        {"partner": "w", "internal": "metadata.*", "pairs": ["k", "v"]},
    ],
)
def test_elements_that_are_no_pair_of_an_array_count_too(rule: dict[str, Any], draft: bool) -> None:
    lines = {"partner": "lines[]", "internal": "items[]"}
    mapping = mapping_of(rule, lines, draft=draft)
    element = {"n": 0, "k": "x", "v": 1}

    fits = mapping.inbound({"w": [element] * (ONCE - 1), "lines": [0] * (ONCE - 2)})
    too_many = mapping.inbound({"w": [element] * (ONCE - 1), "lines": [0] * ONCE})

    assert fits.errors == ()
    assert {error.code for error in too_many.errors} == {"too_many_elements"}


@pytest.mark.parametrize("draft", [True, False], ids=["interpreted", "generated"])
def test_agreement_on_an_array_that_is_mapped_counts_no_element_twice(draft: bool) -> None:
    rules = [{"partner": f"lines[=].{name}", "internal": name} for name in ("a", "b", "c")]
    mapping = mapping_of({"partner": "lines[].n", "internal": "items[].n"}, *rules, draft=draft)
    line = {"n": 0, "a": 1, "b": 2, "c": 3}

    assert mapping.inbound({"lines": [line] * (2 * ONCE - 2)}).errors == ()


@pytest.mark.parametrize("draft", [True, False], ids=["interpreted", "generated"])
def test_a_search_inside_of_the_element_costs_nothing(draft: bool) -> None:
    rules = [{"partner": f"a[k='{key}'].v", "internal": f"v{key}"} for key in range(8)]
    group = {"partner": "lines[]", "internal": "items[]", "rules": rules}
    line = {"a": [{"k": str(key), "v": key} for key in range(30)]}

    assert mapping_of(group, draft=draft).inbound({"lines": [line] * 1000}).errors == ()


def test_the_refusal_names_the_array() -> None:
    rule = {"partner": "^.head.rows[=].n", "internal": "quantity", "direction": "in"}

    errors = (
        mapping_of(in_lines(rule), draft=False).inbound({"lines": LINES, "head": {"rows": HEADER}}).errors
    )

    assert [(error.code, error.partner) for error in errors] == [("too_many_elements", "head.rows")]


def test_looking_again_for_where_values_came_from_counts_nothing() -> None:
    rule = {"partner": "w[].n", "internal": "quantity", "total": "sum"}
    mapping = mapping_of(rule, draft=False)

    explained = mapping.inbound.explain({"w": [{"n": 1}] * ONCE})

    assert explained.errors == ()
    assert explained.value == {"quantity": ONCE}


def test_a_run_of_many_records_shares_what_is_left() -> None:
    rule = {"partner": "w[].n", "internal": "quantity", "total": "sum"}
    mapping = mapping_of(rule, draft=False, record="records[]")
    record = {"w": [{"n": 1}] * (MOST_ELEMENTS // 2 - 3)}

    reading = mapping.read({"records": [record, record, record]})

    assert [[error.code for error in one.errors] for one in reading.records] == [
        [],
        [],
        ["too_many_elements"],
    ]


def test_generated_code_takes_what_the_interpreter_takes() -> None:
    rules = [
        {**rule, "internal": f"r{number}.{rule['internal']}"}
        for number, rule in enumerate(RULES_OF_LINES.values())
    ]
    group = {"partner": "lines[]", "internal": "items[]", "rules": rules}
    inbound = mapping_of(group, draft=False, unmapped="drop").inbound
    sent = {"lines": LINES[:3], "header": HEADER[:5], "object": {"U_1": 1}, "few": [{"n": 1}] * 2}
    run, budget = Run(inbound.plan), Budget()

    value = run.document(Standing(sent))
    done = inbound.runner.run(Standing(sent), budget)

    assert done.value == value
    assert inbound.runner.fallbacks == 0
    assert budget.left == run.budget.left < MOST_ELEMENTS
