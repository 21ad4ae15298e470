"""What the linter proposes: the place, path or value that was probably meant, if it can know."""

from typing import Any

import pytest

from core.entities.resource import DESCRIPTIONS, Resource
from core.mapping.mapping import lint
from core.mapping.model import Finding, Json

ORDERS = DESCRIPTIONS[Resource.ORDERS].schema()
INVENTORY = DESCRIPTIONS[Resource.INVENTORY].schema()


def found(
    code: str, *rules: Json, schema: Any = ORDERS, samples: tuple[Json, ...] = (), **more: Json
) -> list[Finding]:
    findings = lint({"rules": list(rules), **more}, schema, samples)
    return [finding for finding in findings if finding.code == code]


def pair(partner: Json, internal: str, **options: Json) -> dict[str, Json]:
    return {"partner": partner, "internal": internal, **options}


@pytest.mark.parametrize(
    ("internal", "meant"),
    [
        ("order_numbr", "order_number"),
        ("customername", "customer_name"),
        ("sku_code", "items[].sku_code"),
        ("items[].sku_cod", "items[].sku_code"),
        ("items.quantity", "items[].quantity"),
        ("total", None),
    ],
)
def test_a_field_we_do_not_have_is_answered_with_the_one_that_was_meant(
    internal: str, meant: str | None
) -> None:
    partner = "lines[].a" if "[]" in internal else "a"

    (finding,) = found("unknown_internal", pair(partner, internal))

    assert finding.fix == (None if meant is None else f"the place on our side is {meant}")
    assert "order_number" in finding.message or "items" in finding.message
    assert "created_at" not in finding.message


def test_a_field_of_a_row_is_found_in_the_rows() -> None:
    (finding,) = found("unknown_internal", pair("wh", "location_code"), schema=INVENTORY)

    assert finding.fix == "the place on our side is inventory[].location_code"


def test_an_array_of_ours_is_said_to_be_one() -> None:
    (finding,) = found("unknown_internal", pair("a", "items.sku_code"))

    assert "write [] for each element, or [0] for the first" in finding.message


@pytest.mark.parametrize(
    ("partner", "internal", "fix"),
    [
        ("lines[0].sku", "items[].sku_code", "write lines[].sku"),
        ("sku", "items[].sku_code", None),
        ("lines[0].parts[1].sku", "items[].sku_code", None),
        ("lines[].note", "notes", 'several with "gather" or "total"'),
        ("parcels[].lines[].sku", "items[].sku_code", '"flatten": true'),
    ],
)
def test_a_different_number_of_arrays_names_both_paths(partner: str, internal: str, fix: str | None) -> None:
    (finding,) = found("each_mismatch", pair(partner, internal))

    assert partner in finding.message
    assert internal in finding.message
    assert finding.fix is None if fix is None else fix in str(finding.fix)


def test_a_helper_that_takes_one_array_more_says_so() -> None:
    (finding,) = found("each_mismatch", pair("lines.note", "notes", gather=True, join=" "))

    assert "on the partner's side one array is due" in finding.message


def test_a_required_array_is_asked_for_element_by_element() -> None:
    fixes = [finding.fix for finding in found("missing_required_internal", unmapped="drop")]

    assert fixes == ['add a rule with "internal": "order_number"', 'add a rule with "internal": "items[]"']


def test_a_required_name_that_is_claimed_says_why_it_does_not_pass() -> None:
    lines = pair("lines[].sku", "items[].sku_code"), pair("lines[].qty", "items[].quantity")

    (finding,) = found("missing_required_internal", *lines, pair("order_number", "notes"), unmapped="pass")

    assert finding.message.startswith("order_number is required on our side")
    assert finding.message.endswith("what rules mention does not pass")


def test_two_places_for_one_of_ours_are_alternatives() -> None:
    (finding,) = found("duplicate_target", pair("a", "notes"), pair("b", "notes"))

    assert finding.fix == 'make them one rule with "partner": ["a", "b"]'


def test_a_rule_that_stands_twice_is_no_alternative_of_itself() -> None:
    inbound, _ = found("duplicate_target", pair("a", "notes"), pair("a", "notes"))

    assert inbound.fix is None


def test_two_origins_of_our_array_are_not_mended_by_reading_only() -> None:
    (finding,) = found(
        "two_source_arrays", pair("a[].x", "items[].sku_code"), pair("b[].y", "items[].quantity")
    )

    assert finding.fix is None


@pytest.mark.parametrize(
    ("rule", "fix"),
    [
        (pair("a", "items[-1].note"), 'say "direction": "out"'),
        (pair("a", "items[-1].note", direction="in"), 'say "direction": "out"'),
        (pair("e[-1].a", "items[-1].note", direction="in"), None),
        (pair(["a", "b"], "items[-1].note", join=" "), None),
        ({"internal": "items[-1].note", "const": "x"}, None),
        ({"internal": "items[-1].note", "const": "x", "direction": "in"}, None),
        ({"partner": "e[-1].kind", "const": "x"}, None),
        ({"partner": "e[-1].kind", "const": "x", "expect": True}, 'say "direction": "in"'),
        (pair("e[-1].a", "notes"), 'say "direction": "in"'),
    ],
)
def test_what_counts_from_the_end_is_not_written(rule: Json, fix: str | None) -> None:
    (finding,) = found("not_invertible", rule, schema=None)

    assert finding.fix == fix
    assert "[-1]" in finding.message


def test_what_counts_from_the_end_may_be_read() -> None:
    outbound = pair("last", "items[-1].note", direction="out")
    inbound = pair("e[-1].a", "notes", direction="in")
    expected: Json = {"partner": "e[-1].kind", "const": "x", "expect": True, "direction": "in"}

    assert found("not_invertible", outbound, inbound, expected) == []


@pytest.mark.parametrize(
    ("asked", "fix"),
    [
        ("A", 'write {"in": ["A"]}'),
        (["A", 1], 'write {"in": ["A", 1]}'),
        (None, 'write {"in": [null]}'),
        ([{}], None),
    ],
)
def test_a_bare_value_in_a_condition_is_turned_into_a_question(asked: Json, fix: str | None) -> None:
    (finding,) = found("bad_option", pair("a", "notes"), where={"kind": asked})

    assert finding.fix == fix


@pytest.mark.parametrize(
    ("partner", "wrap", "twice"),
    [
        ("a.value", "value", True),
        ("a.value", "", False),
        ("a.value", ["", "value"], False),
        ("value", "value", False),
    ],
)
def test_a_wrapper_named_in_a_path_is_named_twice(partner: str, wrap: Json, twice: bool) -> None:
    fixes = [finding.fix for finding in found("wrapped_twice", pair(partner, "notes"), wrap=wrap)]

    assert fixes == (["write a"] if twice else [])


def test_a_bare_rule_may_end_in_the_wrappers_name() -> None:
    assert found("wrapped_twice", pair("a.value", "notes", wrap=False), wrap="value") == []


@pytest.mark.parametrize(
    ("partner", "fix"),
    [
        ("$.order.no", "write order.no"),
        ("$['order']", "write order"),
        ("/order/no", "write order.no"),
        ("$", None),
        ("$ref", None),
        ("a/b", None),
    ],
)
def test_a_path_in_another_notation_is_rewritten(partner: str, fix: str | None) -> None:
    fixes = [finding.fix for finding in found("other_notation", pair(partner, "notes"))]

    assert fixes == ([] if fix is None else [fix])


@pytest.mark.parametrize(
    ("code", "path", "fix"),
    [
        ("other_notation", "$.state", "write state"),
        ("number_like_name", "lines.0.kind", "write lines[0].kind"),
        ("not_nfc", "e\u0301tat", None),
    ],
)
def test_a_condition_is_read_like_any_other_path(code: str, path: str, fix: str | None) -> None:
    asked: Json = {path: {"in": ["A"]}}
    tested: Json = {"internal": "metadata.x", "test": {"any": [asked, {"b": {"present": True}}]}}
    lines: Json = {**pair("lines[]", "items[]"), "where": asked, "rules": [pair("sku", "sku_code")]}

    doubts = found(code, tested, lines, accept=asked)

    assert [(one.rule, one.member, one.fix) for one in doubts] == [
        ("", "accept", fix),
        ("r2", "where", fix),
        ("r1", "test", fix),
    ]


@pytest.mark.parametrize(
    ("partner", "fix"), [("Remark", "write remark"), ("remrk", "write remark"), ("memo", None)]
)
def test_a_rule_that_never_fires_names_the_field_it_may_have_missed(partner: str, fix: str | None) -> None:
    sample: Json = {"remark": "call first", "lines": [{"sku": "A"}]}

    (finding,) = found("never_fires", pair(partner, "notes"), samples=(sample,))

    assert finding.fix == fix


@pytest.mark.parametrize(
    ("record", "partner", "fix"),
    [
        ("order", "order.no", "write no"),
        ("orders[]", "orders.no", "write no"),
        (["data.order", "order"], "data.order.no", "write no"),
        (["data.order", "order"], "order.no", "write no"),
        ("order", "order", None),
        ("order", "order_no", None),
        ("order", "orders.no", None),
        ("data.order", "data.no", None),
    ],
)
def test_a_path_that_begins_with_the_way_to_the_record_goes_it_twice(
    record: Json, partner: str, fix: str | None
) -> None:
    fixes = [finding.fix for finding in found("record_twice", pair(partner, "notes"), record=record)]

    assert fixes == ([] if fix is None else [fix])


@pytest.mark.parametrize(
    ("rules", "fix"),
    [
        ([pair("orders[].no", "order_number")], "inside the record write no"),
        (
            [{**pair("lines[]", "items[]"), "rules": [pair("lines[].sku", "sku_code")]}],
            "inside the group write sku",
        ),
        (
            [{**pair("lines[]", "items[]"), "rules": [pair("sku", "items[].sku_code")]}],
            "inside the group write sku_code",
        ),
    ],
)
def test_a_way_that_is_gone_twice_is_not_taken_for_an_array_more(rules: list[Json], fix: str) -> None:
    (finding,) = found("each_mismatch", *rules, record="orders[]")

    assert finding.fix == fix


def test_each_rule_tells_one_value_that_a_sample_is_refused_for() -> None:
    samples: tuple[Json, ...] = ({"lines": [{"qty": "1"}, {"qty": "2"}], "on": "soon"}, {"on": "later"})

    kinds, value = found(
        "sample_refused",
        pair("lines[].qty", "items[].quantity"),
        pair("on", "order_date", type="datetime"),
        samples=samples,
    )[::-1]

    assert (kinds.rule, kinds.fix) == ("r1", 'say "type": "integer"')
    assert (value.rule, value.message.partition(":")[0]) == ("r2", "a sample is refused")


def test_what_the_partner_does_not_want_taken_is_no_fault_of_the_mapping() -> None:
    rules = [pair("no", "order_number"), pair("n", "items[0].quantity", type="integer")]

    assert (
        found(
            "sample_refused",
            *rules,
            where={"kind": {"in": ["A"]}},
            accept={"state": {"not_in": ["X"]}},
            samples=({"kind": "B", "n": "x"}, {"kind": "A", "state": "X", "n": "1"}),
        )
        == []
    )


def test_what_a_prefix_names_is_passed_on_as_it_is() -> None:
    changed = found("bad_option", pair("U_*", "metadata.*", lookup={"resource": "products", "by": "sku"}))
    (mixed,) = found("bad_option", pair(["U_*", "V_*"], "metadata.*"))

    assert [(one.member, one.fix) for one in changed] == [("lookup", "leave it out")]
    assert mixed.fix == "write a rule for each prefix"


def test_a_zone_that_there_is_not_is_told_once() -> None:
    times = [pair("a", "order_date", type="datetime"), pair("b", "due_date", type="datetime")]

    assert [(one.rule, one.member) for one in found("bad_option", *times, zone="Paris")] == [("", "zone")]
