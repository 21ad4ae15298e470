import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entities.resource import DESCRIPTIONS, Resource
from core.mapping.lint import classify
from core.mapping.mapping import lint, load
from core.mapping.model import Finding, Json

TEMPLATES = Path(__file__).parents[3] / "adapters" / "catalog" / "data" / "templates"
ORDERS = DESCRIPTIONS[Resource.ORDERS].schema()
ITEMS: dict[str, Json] = {
    "partner": "lines[]",
    "internal": "items[]",
    "rules": [{"partner": "sku", "internal": "sku_code"}],
}
LOOSE: dict[str, Json] = {
    "type": "object",
    "required": ["number", "lines"],
    "properties": {
        "number": {"type": "string"},
        "count": {"type": "integer"},
        "price": {"type": "number"},
        "active": {"type": ["boolean", "null"]},
        "status": {"type": "string", "enum": ["open", "shut"]},
        "id": {"type": "string", "readOnly": True},
        "metadata": {"type": "object", "additionalProperties": True},
        "audit": {"type": "object", "readOnly": True, "properties": {"by": {"type": "string"}}},
        "lines": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["code"],
                "properties": {"code": {"type": "string"}, "note": {"type": "string"}},
            },
        },
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}


def mapping(*rules: Json, **options: Json) -> dict[str, Json]:
    return {"unmapped": "drop", "rules": list(rules), **options}


def pair(partner: Json, internal: str, **options: Json) -> dict[str, Json]:
    return {"partner": partner, "internal": internal, **options}


def group(partner: str, internal: str, *rules: Json, **options: Json) -> dict[str, Json]:
    return {"partner": partner, "internal": internal, "rules": list(rules), **options}


def errors(document: dict[str, Json], schema: dict[str, Json] | None = None) -> list[Finding]:
    return [finding for finding in lint(document, schema) if finding.severity == "error"]


def doubts(document: dict[str, Json], schema: dict[str, Json] | None = None) -> list[Finding]:
    found = lint(document, schema)
    assert all(finding.severity == "warning" for finding in found), found
    return list(found)


def cases(file: str) -> list[Any]:
    lines = Path(__file__).with_name(file).read_text("utf-8").splitlines()
    return [
        pytest.param(json.loads(line), id=f"{number}-{json.loads(line)['code']}")
        for number, line in enumerate(lines, 1)
    ]


def document_of(case: dict[str, Any]) -> dict[str, Json]:
    return {"unmapped": "drop"} | {
        name: value for name, value in case.items() if name not in ("code", "rule", "member", "column")
    }


@pytest.mark.parametrize("case", cases("lint_cases.jsonl"))
def test_an_error_names_code_rule_member_and_column(case: dict[str, Any]) -> None:
    found = errors(document_of(case))

    named = [(finding.code, finding.rule, finding.member, finding.column) for finding in found]
    assert (case["code"], case["rule"], case["member"], case["column"]) in named
    assert all(finding.message for finding in found)


@pytest.mark.parametrize(
    "document",
    [
        mapping(pair("a", "x"), pair("b", "x", direction="out")),
        mapping(pair("a", "x"), pair("a", "y", direction="in")),
        mapping(pair("A[].x", "i[].x"), pair("B[].y", "i[].y", direction="out")),
        mapping(pair("A[].x", "i[].x"), pair("A[].y", "j[].y", direction="in")),
        mapping(pair("l[0].a", "x"), pair("l[1].a", "y")),
        mapping(pair("l[k='1'].v", "x"), pair("l[k='2'].v", "y")),
        mapping(pair("l[].a.b", "i[].b"), pair("l[0].a.c", "y")),
        mapping(pair("e[-1].at", "last", direction="in")),
        mapping(pair(["a", "e[-1].at"], "last", direction="in")),
        mapping(pair("U_*", "m.*", required=True, nulls="absent", empty=[""]), pair("V_*", "m.*")),
        mapping(pair(["a.U_*", "b.U_*"], "m.*", direction="in")),
        mapping(pair("U_*", "m.*"), pair("notes", "m.*", pairs=["n", "v"]), pair("a", "m.b")),
        mapping(pair("c.v", "x"), {"partner": "c.v.type", "wrap": False, "const": "T"}, wrap="value"),
        mapping(pair(["a", "b"], "x"), pair("b", "y", direction="in")),
        mapping(pair(["a", "b"], "x", direction="in"), pair("b", "y")),
        mapping(pair(["a", "b"], "x"), {"partner": "b.type", "wrap": False, "const": 1}, wrap=["value", ""]),
        mapping(group("l[]", "i[]", pair("s", "s"), {"partner": "t", "const": "x"}), pair("c", "i[=].c")),
        mapping(group("l[]", "i[]", pair(["^.h", "h"], "h", direction="in"))),
        mapping(group("l[]", "i[]", {"internal": "t", "test": {"a": {"in": [1]}}}, pair("s", "s"))),
        mapping(group("a[].b[]", "c[]", pair("d", "x"), flatten=True)),
        mapping(group("a[].b[]", "a[].b[]", pair("c[].x", "c[].x")), record="p[].v[]"),
        mapping(*(pair("a", f"x{n}", direction="in") for n in range(8))),
        mapping(pair("a", "x"), record="d.r[]", accept={"^.^.b": {"in": [1]}}),
        mapping(*(pair(f"l[k='{n}'].v", f"x{n}") for n in range(30))),
    ],
    ids=lambda document: json.dumps(document["rules"])[:70],
)
def test_what_can_be_meant_in_one_way_only_is_no_error(document: dict[str, Json]) -> None:
    assert errors(document) == []


def readers(*partners: Json, **options: Json) -> list[Json]:
    return [pair(partner, f"x{n}", direction="in", **options) for n, partner in enumerate(partners)]


@pytest.mark.parametrize(
    ("rules", "crowded"),
    [
        (readers(*["a[0]"] * 4, *["a[-1]"] * 4, *["a[2]"] * 4), []),
        (readers(*["a[0]"] * 4, *["a[-1]"] * 4, *["a"] * 5), ["a[0]", "a[-1]"]),
        ([*readers(*["a[0]"] * 8), *readers(*["a[=]"] * 8)], []),
        (readers(*["^.a"] * 9), ["^.a"]),
        ([*readers(*["^.a.b"] * 5), *readers(*["^.a"] * 4)], ["^.a.b"]),
        ([*readers(*["^.a"] * 5), *readers(*["a"] * 5)], []),
        ([group("g", "h", *readers(*["^.a"] * 5)), *readers(*["a"] * 4)], ["a"]),
        (readers(*["U_*"] * 9), ["U_*"]),
        ([*readers(*["U_*"] * 5), *readers(*["V_*"] * 5)], []),
        ([pair(f"U{n}_*", "m.*") for n in range(9)], []),
        ([*readers(*["a"] * 5, wrap="v"), *readers(*["a"] * 5, wrap="w")], []),
        ([*readers(*["a"] * 5, wrap="v"), *readers(*["a"] * 4, wrap=["w", ""])], ["a.v"]),
        ([*readers(*["a"] * 5), *readers("a.b", "a.c", "a.d", "a.e")], []),
        ([*readers(*["a"] * 8), *readers("a.b")], ["a.b"]),
        (readers(*[["a", "a.b"]] * 5), []),
        ([pair(f"p{n}", "a", direction="out") for n in range(9)], ["a"]),
    ],
)
def test_at_most_eight_rules_read_a_place_or_what_is_around_it(rules: list[Json], crowded: list[str]) -> None:
    found = [finding for finding in errors(mapping(*rules)) if finding.code == "fan_out"]

    assert list(dict.fromkeys(f.message.partition(" is read by ")[0] for f in found)) == crowded


NUMBER = pair("n", "number")
LINES = group("l[]", "lines[]", pair("c", "code"))


@pytest.mark.parametrize("case", cases("lint_schema_cases.jsonl"))
def test_rules_are_held_against_our_schema(case: dict[str, Any]) -> None:
    found = errors(document_of(case), LOOSE)

    named = [(finding.code, finding.rule, finding.member) for finding in found]
    assert named == [(case["code"], case["rule"], case["member"])]


@pytest.mark.parametrize(
    "document",
    [
        mapping(NUMBER, LINES, pair("a", "id", direction="out"), pair("b", "audit.by", direction="out")),
        mapping(NUMBER, LINES, pair("a", "metadata.x.y[0].z", type="integer"), pair("U_*", "metadata.*")),
        mapping(NUMBER, LINES, pair("a", "count", type="integer", default=2.0)),
        mapping(NUMBER, LINES, pair("a", "price", type="integer", default=1)),
        mapping(NUMBER, LINES, pair("a", "active", type="boolean", default=None)),
        mapping(NUMBER, LINES, pair("t[].x", "tags", gather=True)),
        mapping(NUMBER, LINES, pair("t[].x", "price", total="sum")),
        mapping(NUMBER, pair("l", "lines")),
        mapping({"internal": "number", "const": "1"}, pair("c", "lines[0].code")),
        mapping(NUMBER, pair("l[].n", "lines[].note"), pair("c", "lines[=].code")),
        mapping(unmapped="pass"),
        mapping(pair("l[].n", "lines[].note"), unmapped="pass"),
        mapping(pair("l[].n", "lines[].note"), pair("l[].t", "tags[]", direction="in"), unmapped="pass"),
        mapping(pair("n.number", "metadata.n"), pair("l[].n.code", "lines[].note"), unmapped="pass"),
        mapping(NUMBER, LINES, identifier_field="metadata.upc"),
    ],
    ids=lambda document: json.dumps(document["rules"])[:70],
)
def test_what_fits_our_schema_passes(document: dict[str, Json]) -> None:
    assert errors(document, LOOSE) == []


def test_every_required_field_that_nothing_fills_is_named() -> None:
    messages = " ".join(finding.message for finding in errors(mapping(), ORDERS))

    assert "order_number" in messages
    assert "items" in messages


@pytest.mark.parametrize(
    ("rule", "passes"),
    [
        (pair("c", "to.city", direction="out"), True),
        (pair("to.city", "city"), True),
        (pair("to", "city"), False),
        (pair("c", "to", direction="out"), False),
        (pair("to[0].city", "city"), False),
    ],
)
def test_a_required_object_passes_without_what_is_claimed_inside(rule: Json, passes: bool) -> None:
    address: Json = {"type": "object", "properties": {"city": {}, "zip": {}}}
    schema: dict[str, Json] = {"required": ["to"], "properties": {"to": address, "city": {}}}

    found = errors(mapping(rule, unmapped="pass"), schema)

    assert [finding.code for finding in found] == ([] if passes else ["missing_required_internal"])


@pytest.mark.parametrize(("read", "passes"), [("l[].n", True), ("l[]", False)])
def test_what_is_required_of_an_element_passes_unless_the_element_is_read_whole(
    read: str, passes: bool
) -> None:
    found = errors(mapping(NUMBER, pair(read, "lines[].note"), unmapped="pass"), LOOSE)

    assert [finding.code for finding in found] == ([] if passes else ["missing_required_internal"])


def test_passing_needs_a_schema_that_picks() -> None:
    assert [finding.code for finding in errors(mapping(unmapped="pass"), {})] == ["pass_without_schema"]
    assert errors(mapping(unmapped="drop"), {}) == []
    assert errors(mapping(unmapped="pass")) == []


@pytest.mark.parametrize(
    ("code", "rule", "member", "column", "document"),
    [
        ("one_way", "r1", "direction", None, mapping(pair("a", "x", direction="in"))),
        ("one_way", "r1", "direction", None, mapping(pair(["a", "b"], "x", join=" "))),
        ("many_to_one_values", "r1", "values", None, mapping(pair("a", "x", values=[["a", 1], ["b", 1]]))),
        ("many_to_one_values", "r1", "values", None, mapping(pair("a", "x", values=[["a", 1], ["a", 2]]))),
        ("number_like_name", "r1", "partner", 7, mapping(pair("lines.0.sku", "sku"))),
        ("not_nfc", "r1", "partner", 3, mapping(pair("x." + unicodedata.normalize("NFD", "größe"), "x"))),
        ("differs_only_in_case", "r2", "partner", 1, mapping(pair("Sku", "x"), pair("sku", "y"))),
        ("differs_only_in_case", "r2", "internal", 3, mapping(pair("a", "x.Y"), pair("b", "x.y"))),
        ("number_like_name", "r1", "partner", 3, mapping(pair(["abc.def", "b.0"], "x"))),
        ("number_like_name", "r1", "partner", 3, mapping(pair([{"path": "abc.def"}, {"path": "b.0"}], "x"))),
        (
            "number_like_name",
            "r1.1",
            "partner",
            5,
            mapping(group("g", "h", pair(["a.b", {"path": "b.c.0"}], "x"))),
        ),
        ("bad_option", "r1", "type", None, mapping({"partner": "a", "const": 1, "type": "integer"})),
        ("never_fires", "", "where", None, mapping(pair("a", "x"), where={"^.b": {"present": True}})),
        (
            "never_fires",
            "",
            "accept",
            None,
            mapping(pair("a", "x"), record="d.r[]", accept={"^.^.^.b": {"in": [1]}}),
        ),
        (
            "never_fires",
            "r1",
            "where",
            None,
            mapping(group("l[]", "i[]", pair("a", "x"), where={"^.^.b": {"in": [1]}})),
        ),
    ],
)
def test_a_doubt_is_a_warning(
    code: str, rule: str, member: str, column: int | None, document: dict[str, Json]
) -> None:
    assert [(f.code, f.rule, f.member, f.column) for f in doubts(document)] == [(code, rule, member, column)]


def test_reading_the_header_from_the_first_line_is_doubted_twice() -> None:
    found = doubts(mapping(pair("lines[0].ref", "ref", required=True), ITEMS))

    assert [(f.code, f.rule, f.column) for f in found] == [
        ("repeated_header", "r1", 6),
        ("lost_when_empty", "r1", 6),
    ]
    assert found[0].fix == "write lines[=].ref"
    assert "although the rule is required" in found[1].message


def test_a_place_further_outside_is_found_in_the_path_as_it_is_written() -> None:
    outwards = pair(["a", "^.0.e\u0301"], "x", direction="in")

    found = doubts(mapping(group("g", "h", outwards)))

    assert [(f.code, f.column) for f in found] == [("one_way", None), ("not_nfc", 5)]


def test_every_alternative_is_asked_whether_it_is_a_repeated_header() -> None:
    found = doubts(mapping(pair(["reference", "lines[0].ref"], "ref"), ITEMS))

    assert [(f.code, f.rule, f.column, f.fix) for f in found] == [
        ("repeated_header", "r1", 6, "write lines[=].ref")
    ]


def test_an_array_that_our_schema_wants_filled_is_never_empty() -> None:
    header = pair("l[=].n", "number")

    assert [f.code for f in doubts(mapping(header, LINES))] == ["lost_when_empty"]
    assert doubts(mapping(header, LINES), LOOSE) == []
    onto_lines = mapping(NUMBER, LINES, pair("n2", "lines[=].note"))
    assert [f.code for f in doubts(onto_lines)] == ["lost_when_empty"]
    assert doubts(onto_lines, LOOSE) == []


def test_values_that_never_give_a_member_of_our_enumeration_are_doubted() -> None:
    document = mapping(NUMBER, LINES, pair("s", "status", values=[["O", "open"]]))

    assert [(f.code, f.rule) for f in doubts(document, LOOSE)] == [("values_miss_schema", "r3")]
    assert "shut" in doubts(document, LOOSE)[0].message


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (pair("a", "x"), "exact"),
        (pair("a", "x", type="string"), "exact"),
        (pair("a", "x", values=[["a", 1], ["b", 2]]), "exact"),
        (pair("a", "x", values=[["a", 1], ["b", 1]]), "normalising"),
        (pair("a", "x", type="integer"), "normalising"),
        (pair("a", "x", text=["trim"]), "normalising"),
        (pair("a", "x", wrap=["value", ""]), "normalising"),
        (pair("a", "x", default=1), "normalising"),
        (pair("a", "x", nulls="absent"), "normalising"),
        (pair("a", "x", min=0), "normalising"),
        (pair("a", "x", empty=[""]), "normalising"),
        (pair("a", "x", type="boolean", empty=[""]), "normalising"),
        (pair("a", "x", empty=[""], required=True), "exact"),
        (pair("a", "x", type="string", **{"as": "integer"}), "normalising"),
        (pair("a", "x", type="datetime", **{"as": ["iso", "YYYY-MM-DDZ"]}), "normalising"),
        (pair("a", "x", lookup={"resource": "products", "by": "sku"}), "normalising"),
        (pair("a", "x.*", pairs=["n", "v"]), "normalising"),
        (pair(["a.b", None], "x"), "normalising"),
        (pair([{"path": "a", "text": {"prefix": "S-"}}], "x"), "normalising"),
        (pair([{"path": "a", "wrap": ["v", ""]}], "x"), "normalising"),
        (pair([{"path": "a"}], "x"), "exact"),
        (pair(["a", "b"], "x"), "first of many"),
        (pair("a", "x", direction="in"), "one-way"),
        (pair("a", "x", text=["unescape"]), "one-way"),
        ({"partner": "a", "const": 1}, "one-way"),
    ],
)
def test_every_rule_has_a_class(rule: dict[str, Json], expected: str) -> None:
    (flat,) = load(mapping(rule)).rules.rules

    assert classify(flat) == expected


def test_where_the_partner_has_words_for_nothing_no_rule_is_exact() -> None:
    (flat,) = load(mapping(pair("a", "x"), empty=[None, ""])).rules.rules

    assert classify(flat) == "normalising"


def test_alternatives_may_differ_in_case() -> None:
    assert doubts(mapping(pair(["po_number", "PO_Number"], "x"))) == []


@pytest.mark.parametrize("file", sorted(TEMPLATES.glob("*.json")), ids=lambda file: file.stem)
def test_the_shipped_templates_have_no_errors(file: Path) -> None:
    for resource, document in json.loads(file.read_text())["mappings"].items():
        assert errors(document, DESCRIPTIONS[Resource(resource)].schema()) == []


PATHS = st.lists(st.sampled_from(["a", "b", "c[0]", "c[1]", "c[]", "c[=]", "A"]), min_size=1, max_size=3).map(
    ".".join
)
RULES = st.lists(
    st.tuples(PATHS, PATHS, st.sampled_from(["both", "in", "out"])).map(
        lambda rule: pair(rule[0], rule[1], direction=rule[2])
    ),
    max_size=5,
)


@given(RULES, st.randoms(use_true_random=False))
def test_whether_a_mapping_is_refused_does_not_depend_on_rule_order(rules: list[Json], random: Any) -> None:
    shuffled = list(rules)
    random.shuffle(shuffled)

    assert bool(errors(mapping(*rules))) is bool(errors(mapping(*shuffled)))


def test_samples_show_rules_that_never_find_anything() -> None:
    document = mapping(pair("a", "x"), pair("b", "y", default=1), {"internal": "z", "const": 1})

    found = lint(document, samples=[{"a": 1}, {"a": None}])

    assert [(f.code, f.rule) for f in found] == [("never_fires", "r2")]
    assert lint(document, samples=[{"a": 1}, {"b": 2}]) == ()
    assert lint(document) == ()


def test_samples_show_fields_that_nobody_maps() -> None:
    document = mapping(ITEMS, pair("a", "x"), record="orders[]")

    found = lint(
        document, samples=[{"orders": [{"a": 1, "c": 1, "lines": [{"sku": 1}, {"lot": 2, "sku": 3}]}]}]
    )

    assert [(f.code, f.message) for f in found] == [("unmapped_seen", "no rule takes c, lines[].lot")]


def test_records_left_out_say_nothing_about_the_rules() -> None:
    document = mapping(pair("a", "x"), pair("b", "y"), where={"kind": {"in": ["A"]}})

    taken: Json = {"kind": "A", "a": 1}
    found = lint(document, samples=[taken, {"kind": "B", "b": 2, "c": 3}])

    assert [(f.code, f.rule) for f in found] == [("never_fires", "r2")]
    assert lint(document, samples=[{"kind": "B", "b": 2, "c": 3}]) == ()


def test_elements_left_out_say_nothing_about_the_rules() -> None:
    document = mapping(
        group("l[]", "i[]", pair("sku", "sku"), pair("lot", "lot"), where={"kind": {"in": ["A"]}})
    )

    found = lint(
        document, samples=[{"l": [{"kind": "A", "sku": "x"}, {"kind": "B", "lot": "1", "gone": True}]}]
    )

    assert [(f.code, f.rule) for f in found] == [("never_fires", "r1.2")]
    assert lint(document, samples=[{"l": [{"kind": "B", "sku": "x"}]}]) == ()


def test_an_element_that_another_group_takes_is_looked_at() -> None:
    document = mapping(
        group("l[]", "i[]", pair("sku", "sku"), where={"kind": {"in": ["A"]}}),
        group("l[]", "j[]", pair("sku", "sku", direction="in")),
    )

    found = lint(document, samples=[{"l": [{"kind": "B", "sku": "x", "lot": 1}]}])

    assert [f.message for f in found if f.code == "unmapped_seen"] == ["no rule takes l[].lot"]


def test_samples_show_values_that_change_on_the_way_out_and_in() -> None:
    document = mapping(
        pair("a", "x", type="decimal", scale=1),
        pair(["b", "c"], "y", values=[["one", 1], ["two", 2]]),
        pair("d[=].e", "z"),
        pair("d[].f", "g[].f"),
    )

    found = lint(
        document, samples=[{"a": "1.25", "c": "two", "d": []}, {"a": "1.2", "d": [{"e": 1, "f": 2}]}]
    )

    assert [(f.code, f.rule) for f in found if f.code == "round_trip_differs"] == [
        ("round_trip_differs", "r1")
    ]
    assert all(finding.severity == "warning" for finding in found)
