import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.mapping.model import Finding, Json
from core.mapping.shape import check_shape

SCHEMA_FILE = Path(__file__).parents[3] / "adapters" / "catalog" / "data" / "mapping.schema.json"
SCHEMA = json.loads(SCHEMA_FILE.read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

RICH: dict[str, Json] = json.loads(Path(__file__).with_name("rich_mapping.json").read_text())
GOOD: list[Json] = [
    {},
    RICH,
    {"rules": []},
    {"rules": {"po_number": "order_number", "a": {"internal": "b", "required": True}}},
    {"rules": [{"partner": "a", "internal": "b", "scale": 2.0, "type": "decimal"}], "unmapped": "reject"},
    {"rules": [{"partner": {"path": "a", "text": "trim"}, "internal": "b"}], "wrap": ""},
    {"rules": [{"rules": {}}]},
]
BAD: list[tuple[Json, str, str]] = [
    ([], "", "an object is due"),
    ({"rulez": []}, "rulez", "did you mean rules"),
    ({"format": "datamingle.mapping/2"}, "format", "datamingle.mapping/1"),
    ({"resource": "order"}, "resource", "one of orders"),
    ({"unmapped": "keep"}, "unmapped", "pass, drop or reject"),
    ({"unmapped": {"inn": "pass"}}, "unmapped", "did you mean in"),
    ({"empty": None}, "empty", "a list of values"),
    ({"wrap": False}, "wrap", "a member name"),
    ({"wrap": []}, "wrap", "a member name"),
    ({"record": []}, "record", "a path"),
    ({"zone": ""}, "zone", "not empty"),
    ({"merge": {"sum": ["quantity"]}}, "merge", "missing"),
    ({"where": {}}, "where", "a condition"),
    ({"where": [{"a": {"is": 1}}]}, "where", 'no member "is"'),
    ({"where": {"any": []}}, "where", "one must hold"),
    ({"where": []}, "where", "a condition such as"),
    ({"accept": [[]]}, "accept", "a condition such as"),
    ({"where": {"any": [[]]}}, "where", "a condition such as"),
    ({"merge": {"by": [""]}}, "merge", "the name of a field"),
    ({"merge": {"by": ["a"], "sum": []}}, "merge", "the name of a field"),
    ({"rules": [{"internal": "b", "test": []}]}, "test", "a condition such as"),
    ({"rules": [{"partner": "a", "internal": "b", "text": []}]}, "text", "a step such as"),
    ({"rules": [{"partner": [{"path": "a", "where": []}], "internal": "b"}]}, "partner", "a condition"),
    ({"rules": [{"partner": "a", "internal": "b", "values": {}}]}, "values", "a list of pairs"),
    (
        {"rules": [{"partner": "a", "internal": "b", "lookup": {"resource": "products", "by": ""}}]},
        "lookup",
        "the name of a field",
    ),
    ({"where": {"a": {"above": True}}}, "where", "a number"),
    ({"where": {"a": {}}}, "where", "in, not_in"),
    ({"where": {"a" * 513: {"present": True}}}, "where", "512"),
    ({"rules": "x"}, "rules", "a list of rules"),
    ({"rules": [1]}, "", "an object is due"),
    ({"rules": [{}]}, "", "pairs two places"),
    ({"rules": [{"partner": "a"}]}, "internal", "missing"),
    ({"rules": [{"internal": "a"}]}, "partner", "missing"),
    ({"rules": [{"const": 1}]}, "const", "instead of one side"),
    ({"rules": [{"const": 1, "partner": "a", "internal": "b"}]}, "const", "instead of one side"),
    ({"rules": [{"const": 1, "partner": ["a"]}]}, "partner", "one place"),
    (
        {"rules": [{"test": {"c": {"in": [1]}}, "partner": "a", "internal": "b"}]},
        "test",
        "instead of partner",
    ),
    ({"rules": [{"partner": "a", "internal": "b", "requried": True}]}, "requried", "did you mean required"),
    ({"rules": [{"partner": "a", "internal": "b", "Type": "integer"}]}, "Type", "did you mean type"),
    ({"rules": [{"partner": "a", "internal": "b", "type": "text"}]}, "type", "one of string"),
    ({"rules": [{"partner": "a", "internal": "b", "type": 1}]}, "type", "not 1"),
    ({"rules": [{"partner": "a", "internal": "b", "required": 1}]}, "required", "true or false"),
    ({"rules": [{"partner": "a", "internal": "b", "scale": 2.5}]}, "scale", "0 to 10"),
    ({"rules": [{"partner": "a", "internal": "b", "scale": True}]}, "scale", "0 to 10"),
    ({"rules": [{"partner": "a", "internal": "b", "as": []}]}, "as", "list of forms"),
    ({"rules": [{"partner": "a", "internal": "b", "values": [["a"]]}]}, "values", "a pair"),
    ({"rules": [{"partner": "a", "internal": "b", "values": [["a", {}]]}]}, "values", "plain value"),
    (
        {"rules": [{"partner": "a", "internal": "b", "values": [[n, n] for n in range(2001)]}]},
        "values",
        "2000",
    ),
    ({"rules": [{"partner": "a", "internal": "b", "wrap": True}]}, "wrap", "false"),
    ({"rules": [{"partner": "a", "internal": "b", "total": "average"}]}, "total", "sum"),
    ({"rules": [{"partner": "a", "internal": "b", "pairs": ["name"]}]}, "pairs", "two member names"),
    ({"rules": [{"partner": "a", "internal": "b", "lookup": {"by": "x"}}]}, "lookup", "missing"),
    ({"rules": [{"partner": "a", "internal": "b", "text": ["trimm"]}]}, "text", "one of trim"),
    ({"rules": [{"partner": "a", "internal": "b", "text": [{}]}]}, "text", "one member"),
    (
        {"rules": [{"partner": "a", "internal": "b", "text": [{"prefix": "a", "suffix": "b"}]}]},
        "text",
        "one member",
    ),
    ({"rules": [{"partner": "a", "internal": "b", "flatten": True}]}, "flatten", "belongs to a group"),
    (
        {"rules": [{"partner": "a", "internal": "b", "required": True, "rules": []}]},
        "required",
        "not to a group",
    ),
    ({"rules": [{"partner": ["a"], "internal": "b", "rules": []}]}, "partner", "a path"),
    ({"rules": [{"partner": [], "internal": "b"}]}, "partner", "alternatives"),
    ({"rules": [{"partner": [{"path": ["a", "b"]}], "internal": "b"}]}, "partner", "a path"),
    ({"rules": [{"partner": [{"path": "a", "join": " "}], "internal": "b"}]}, "partner", "a list of paths"),
    ({"rules": [{"partner": [{"where": {"a": {"in": []}}}], "internal": "b"}]}, "partner", "missing"),
    ({"rules": [{"partner": "a" * 513, "internal": "b"}]}, "partner", "512"),
    ({"rules": {"a": 1}}, "", "an object is due"),
    ({"rules": {"a": {"partner": "a", "internal": "b"}}}, "partner", "is the key"),
    ({"rules": {"a": {"internal": "b", "const": 1}}}, "const", "instead of one side"),
    ({"rules": {"a": {"internal": "b", "test": {"c": {"in": [1]}}}}}, "test", "instead of partner"),
    ({"rules": {"a" * 513: "b"}}, "partner", "512"),
    ({"rules": {"a": "b" * 513}}, "internal", "512"),
]


def complaints(document: Json) -> list[Finding]:
    return check_shape(document)


@pytest.mark.parametrize("document", GOOD, ids=range(len(GOOD)))
def test_a_good_document_passes_here_and_in_editors(document: Json) -> None:
    assert complaints(document) == []
    VALIDATOR.validate(document)


@pytest.mark.parametrize(("document", "member", "complaint"), BAD, ids=range(len(BAD)))
def test_a_bad_document_is_refused_by_member_here_and_in_editors(
    document: Json, member: str, complaint: str
) -> None:
    found = complaints(document)

    assert [(finding.severity, finding.member) for finding in found] == [("error", member)]
    assert complaint in found[0].message
    assert not VALIDATOR.is_valid(document)


def places(value: Json, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [at, *(place for step, child in inner for place in places(child, (*at, step)))]


def changed(document: Any, place: tuple[str | int, ...], change: Any) -> Json:
    copied = copy.deepcopy(document)
    parent = copied
    for step in place[:-1]:
        parent = parent[step]
    change(parent, place[-1])
    return copied  # type: ignore[no-any-return]  # it was a document before


def rename(name: str) -> Any:
    def change(parent: Any, step: str | int) -> None:
        if isinstance(step, str):
            parent[name] = parent.pop(step)

    return change


PLACES = [place for place in places(RICH) if place]
NAMES = ["partner", "internal", "const", "rules", "test", "path", "join", "any", "in", "flatten", "text", "x"]
CHANGES = st.one_of(
    st.just(lambda parent, step: parent.__delitem__(step)),
    st.sampled_from(NAMES).map(rename),
    st.sampled_from(
        [None, True, False, 0, 2, 2.0, 2.5, "", "x", "trim", [], ["x"], ["x", "y"], [None], {}, {"x": "y"},
         {"path": "x"}, {"x": {"present": True}}, {"any": [{"x": {"in": []}}]}, [["a", "b"]], "sum"]
    ).map(lambda value: lambda parent, step: parent.__setitem__(step, value)),
)  # fmt: skip


@settings(max_examples=1000)
@given(st.sampled_from(PLACES), CHANGES, st.sampled_from(PLACES), CHANGES)
def test_editors_and_the_check_agree_on_damaged_documents(
    place: tuple[str | int, ...], change: Any, second_place: tuple[str | int, ...], second_change: Any
) -> None:
    document = changed(RICH, place, change)
    if second_place in places(document):
        document = changed(document, second_place, second_change)

    assert (complaints(document) == []) is VALIDATOR.is_valid(document), complaints(document)


def test_every_member_is_explained_to_editors() -> None:
    def unexplained(schema: Any, at: str = "") -> list[str]:
        if isinstance(schema, list):
            return [name for inner in schema for name in unexplained(inner, at)]
        if not isinstance(schema, dict):
            return []
        found = [
            name for key, inner in schema.items() if key != "properties" for name in unexplained(inner, key)
        ]
        if at in ("then", "else", "if"):
            return found
        for name, inner in schema.get("properties", {}).items():
            found += unexplained(inner, name)
            explained = {
                **SCHEMA["$defs"].get(inner.get("$ref", "#").rpartition("/")[2], {}),
                **inner,
            }
            if at != "rule" and not {"title", "description"} <= explained.keys():
                found.append(name)
        return found

    assert unexplained(SCHEMA) == []


def test_findings_name_the_rule_by_id_or_position() -> None:
    document: Json = {
        "rules": [
            {"partner": "a", "internal": "b", "id": "first", "x1": 1},
            {
                "partner": "c",
                "internal": "d",
                "rules": [{"partner": "e", "internal": "f"}, {"x2": 1, "internal": 1}],
            },
        ]
    }

    assert {finding.rule for finding in complaints(document)} == {"first", "r2.2"}


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        ({"note": "x" * 256 * 1024}, ""),
        ({"rules": [{"partner": f"p{n}", "internal": f"i{n}"} for n in range(1001)]}, ""),
        ({"rules": [{"rules": dict.fromkeys(map(str, range(501)), "i")}] * 2}, ""),
        ({"rules": [{"partner": "a", "const": "é" * 2048}]}, "r1"),
        ({"rules": [{"partner": "a", "internal": "b", "default": "x" * 4096}]}, "r1"),
        ({"rules": [{"partner": "a[]", "rules": [{"partner": "c", "const": "x" * 256}]}]}, "r1.1"),
        ({"rules": {"a[]": {"internal": "b[]", "rules": {"c": {"const": "x" * 256}}}}}, "r1.1"),
        ({"rules": [{"internal": "a[=].x", "const": "x" * 256}]}, "r1"),
        ({"rules": [{"internal": "a[=]", "rules": [{"internal": "x", "const": "x" * 256}]}]}, "r1.1"),
    ],
)  # fmt: skip
def test_what_is_too_large_is_refused(document: Json, rule: str) -> None:
    assert [(finding.code, finding.rule) for finding in complaints(document)] == [("too_large", rule)]


def test_what_is_just_not_too_large_passes() -> None:
    rules: Json = [{"partner": f"p{n}", "internal": f"i{n}"} for n in range(999)]
    assert isinstance(rules, list)

    assert complaints({"rules": [*rules, {"partner": "a[].x", "const": "x" * 254}]}) == []


@pytest.mark.parametrize("path", ["['a[]'].x", "['[=]']", "a[0].x", "a[k='[]'].x"])
def test_a_name_that_looks_like_an_array_makes_no_element(path: str) -> None:
    assert complaints({"rules": [{"partner": path, "const": "x" * 256}]}) == []


def test_groups_nest_at_most_eight_deep() -> None:
    def nested(depth: int) -> dict[str, Json]:
        inner: list[Json] = [nested(depth - 1)] if depth else []
        return {"partner": "a", "internal": "b", "rules": inner}

    assert complaints({"rules": [nested(7)]}) == []
    assert [finding.code for finding in complaints({"rules": [nested(8)]})] == ["too_large"]


@pytest.mark.parametrize("wrapper", [lambda inner: [inner], lambda inner: {"any": [inner]}])
def test_deep_documents_are_refused_without_recursion(wrapper: Any) -> None:
    condition: Json = {"a": {"present": True}}
    for _ in range(100_000):
        condition = wrapper(condition)

    assert [finding.code for finding in complaints({"where": condition})] == ["too_large"]


def test_the_shipped_templates_pass() -> None:
    found = {}
    for file in sorted((SCHEMA_FILE.parent / "templates").glob("*.json")):
        for resource, document in json.loads(file.read_text()).get("mappings", {}).items():
            found[f"{file.stem} {resource}"] = [finding.message for finding in complaints(document)]

    assert {name: messages for name, messages in found.items() if messages} == {}
