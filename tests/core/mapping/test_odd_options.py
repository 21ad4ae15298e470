"""Every option with empty, odd and huge values: refused with a sentence, or a mapping that runs."""

from typing import Any

import pytest

from core.mapping import FieldMapping, lint, load
from core.mapping.model import Json
from tests.core.mapping.test_generated import agrees

VALUES: list[Any] = [
    *(None, True, False, 0, -1, 2.5, 10**40, 1e308, "", " ", "x", "x" * 600),
    *("a[", "^", "^.x", "^.^.^.x", "*", "d*", "a[]", "a[0]", "a[-1]", "a[=]", "a[k='v']", "a.constructor"),
    *([], [None], [[]], [{}], [""], ["x"], ["x", "x"], ["x", "y"], ["__proto__", "v"], [["a", "b"]]),
    *([["a", 1], ["a", 2], ["b", 1]], [[None, None]], [[1, "x"], [1.0, "y"], [True, "z"]], [[10**400, "x"]]),
    *({}, {"": ""}, {"x": "y"}, {"a": {}}, {"a": []}, {"any": []}, {"any": [[]]}, {"any": [{}]}),
    *({"a": {"in": []}}, {"a": {"in": "x"}}, {"a": {"in": [[], {}, [1]]}}, {"a": {"not_in": []}}),
    *({"a": {"above": 10**400}}, {"a": {"above": "1"}}, {"a": {"present": 1}}, {"a": {"bogus": 1}}),
    *({"any": {"in": [1]}}, {"^.^.a": {"in": [1]}}, {"^": {"in": [1]}}, {"a[]": {"in": [1]}}),
    *({"a[=].b": {"in": [1]}}, {"a[-1]": {"in": [1]}}, {"*": {"in": [1]}}, {"constructor": {"in": [1]}}),
    *({"by": []}, {"by": [""]}, {"by": ["x", "x"]}, {"by": ["x"], "sum": ["x"]}, {"by": "a[]"}, {"by": "w"}),
    *({"resource": "products", "by": name} for name in ("", "sku", "a[]", "^.sku", "m.*", "__proto__")),
    *({"prefix": ""}, {"prefix": "x" * 900}, {"between": []}, {"between": ["[", "]"]}, {"before": 1}),
    *([["trim"]], ["upper", "lower"], "trim", "integer", "datetime", "iso", ["iso", "iso"], "hh:mm", "Z"),
    *({"path": "a"}, {"path": []}, {"path": ["a"], "join": ""}, {"path": "a", "where": []}, "in", "out"),
    *("sum", ["a", None]),
]  # fmt: skip
RULES: dict[str, dict[str, Any]] = {
    "plain": {"partner": "a", "internal": "x"},
    "money": {"partner": "a", "internal": "x", "type": "decimal"},
    "time": {"partner": "a", "internal": "x", "type": "datetime"},
    "alternatives": {"partner": ["a", "b.c"], "internal": "x"},
    "gather": {"partner": "a[].v", "internal": "x", "gather": True},
    "total": {"partner": "a[].v", "internal": "x", "total": "sum"},
    "pairs": {"partner": "a", "internal": "metadata.*", "pairs": ["name", "value"]},
    "prefix": {"partner": "U_*", "internal": "metadata.*"},
    "elements": {"partner": "a[]", "internal": "x[]"},
    "test": {"test": {"a": {"in": [1]}}, "internal": "x"},
    "fixed for them": {"partner": "a", "const": 1},
    "fixed for us": {"internal": "x", "const": 1},
    "keyed": {"partner": "a[k='v'].z", "internal": "x"},
    "group": {"partner": "a[]", "internal": "x[]", "rules": [{"partner": "v", "internal": "w"}]},
}
OF_A_RULE = [
    *("partner", "internal", "direction", "type", "as", "scale", "values", "required", "default", "nulls"),
    *("const", "always", "expect", "wrap", "id", "secret", "empty", "join", "text", "min", "total", "gather"),
    *("where", "pairs", "test", "flatten", "merge", "rules"),
]
OF_A_MAPPING = ["wrap", "zone", "unmapped", "record", "where", "accept", "merge", "empty", "identifier_field"]
DOCUMENTS: list[Json] = [
    {},
    {"a": 1, "b": 2, "U_a": "q", "x": 5, "d": 1},
    {"a": {"value": "x", "v": 1, "x": [1], "k": "v"}, "metadata": {"U_a": 1, "n": 2, "__proto__": 1}},
    {"a": [{"v": 1, "x": "a", "name": "n", "value": 3, "k": "v", "z": 1}, {"v": 2.5}], "x": [{"w": 1}]},
    {"a": [1, "x", None], "x": [1, "2", None], "metadata": []},
    {"a": False, "b": {"c": "1.5"}, "x": {"w": 1}, "metadata": "s"},
    {"a": "2024-01-02T03:04:05Z", "x": "2024-01-02T03:04:05Z"},
    {"a": 10**25, "x": "9" * 40},
]  # fmt: skip


def runs(mapping: FieldMapping) -> None:
    for document in DOCUMENTS:
        agrees(mapping.inbound, document)
        agrees(mapping.outbound, document)
        mapping.inbound.explain(document)
        mapping.outbound.explain(document)
        for record in mapping.read(document).records:
            assert all(error.message for error in record.errors)


def refused_or_runs(document: dict[str, Json]) -> None:
    whole = {"format": "datamingle.mapping/1", "resource": "orders", **document}
    findings = lint(whole)
    assert all(finding.message for finding in findings)
    if all(finding.severity == "warning" for finding in findings):
        runs(load(whole))


@pytest.mark.parametrize("option", OF_A_RULE)
def test_an_odd_option_of_a_rule_is_refused_or_runs(option: str) -> None:
    for rule in RULES.values():
        for value in VALUES:
            refused_or_runs({"rules": [{**rule, option: value}]})


@pytest.mark.parametrize("option", OF_A_MAPPING)
def test_an_odd_option_of_a_mapping_is_refused_or_runs(option: str) -> None:
    for rule in RULES.values():
        for value in VALUES:
            refused_or_runs({"rules": [rule], option: value})
