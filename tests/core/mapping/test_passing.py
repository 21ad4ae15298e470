"""What passes without a rule, under which name, and what must not."""

from typing import Any

import pytest

from tests.core.mapping.building import errors_of, mapping_of, value_of

LINES: dict[str, Any] = {
    "partner": "lines[]",
    "internal": "items[]",
    "rules": [{"partner": "sku", "internal": "sku_code"}],
}


class TestInbound:
    def test_a_claimed_place_is_not_filled_even_where_its_rule_wrote_nothing(self) -> None:
        rule = {"partner": "po", "internal": "order.number"}

        assert value_of({"order": {"number": "spoof", "x": 1}}, rule, unmapped="pass") == {"order": {"x": 1}}
        assert value_of({"order": "spoof"}, rule, unmapped="pass") == {}

    def test_what_an_inward_rule_reads_does_not_pass(self) -> None:
        rule = {"partner": "a", "internal": "x", "direction": "out"}

        assert value_of({"a": 1, "x": 2, "b": 3}, rule, unmapped="pass") == {"b": 3}

    def test_an_array_touched_by_index_only_is_claimed_whole(self) -> None:
        rule = {"partner": "lines[0].ref", "internal": "ref"}

        assert value_of({"lines": [{"ref": 1, "x": 2}]}, rule, unmapped="pass") == {"ref": 1}

    def test_a_name_claimed_on_one_element_is_claimed_on_all(self) -> None:
        rule = {"partner": "lines[0].ref", "internal": "ref"}
        lines = [{"ref": 1, "sku": "a"}, {"ref": 2, "lot": 5}]

        assert value_of({"lines": lines}, LINES, rule, unmapped="pass") == {
            "ref": 1,
            "items": [{"sku_code": "a"}, {"lot": 5}],
        }

    def test_an_element_that_is_read_whole_leaves_nothing_over(self) -> None:
        whole = {"partner": "lines[]", "internal": "items[].raw"}
        member = {"partner": "lines[].sku", "internal": "items[].sku", "direction": "in"}
        lines = [{"sku": "a", "lot": 5, "raw": 1}]

        found = value_of({"lines": lines}, {**whole, "direction": "in"}, member, unmapped="pass")
        assert found == {"items": [{"raw": lines[0], "sku": "a"}]}

        mapping = mapping_of({"partner": "lines[].raw", "internal": "items[]"}, unmapped="pass")
        assert mapping.outbound({"items": lines}).value == {"lines": [{"raw": lines[0]}]}
        assert mapping.outbound.explain({"items": lines}).value == {"lines": [{"raw": lines[0]}]}
        assert mapping.to_internal("lines[0].lot").how == "none"

    def test_leftovers_go_to_the_first_array_that_is_fed(self) -> None:
        second = {"partner": "lines[].sku", "internal": "copies[].sku", "direction": "in"}

        assert value_of({"lines": [{"sku": 1, "x": 2}]}, LINES, second, unmapped="pass") == {
            "items": [{"sku_code": 1, "x": 2}],
            "copies": [{"sku": 1}],
        }

    def test_an_array_of_which_only_what_is_around_it_is_read_is_claimed_too(self) -> None:
        rows = {
            "partner": "rows[]",
            "internal": "items[]",
            "rules": [{"partner": "^.sku", "internal": "sku"}],
        }
        sent = {"sku": "S", "rows": [{"q": 1}, {}]}

        assert value_of(sent, rows, unmapped="pass") == {"items": [{"sku": "S", "q": 1}, {"sku": "S"}]}
        assert value_of({"rows": None}, rows, unmapped="pass") == {}
        assert errors_of(sent, rows, unmapped="reject") == [("unmapped", "rows[0].q", [])]

    def test_what_conditions_ask_does_not_pass(self) -> None:
        rule = {"internal": "is_active", "test": {"status": {"in": ["A"]}}}

        assert value_of({"status": "A", "x": 1}, rule, unmapped="pass") == {"is_active": True, "x": 1}

    def test_reject_names_strangers_in_elements_too(self) -> None:
        assert errors_of({"lines": [{"sku": 1, "x": 2}], "y": {"z": 1}}, LINES, unmapped="reject") == [
            ("unmapped", "y", []),
            ("unmapped", "lines[0].x", []),
        ]

    def test_what_is_ignored_is_named_by_its_topmost_place(self) -> None:
        document = {"a": {"b": 1}, "lines": [{"sku": 1, "x": {"y": 2}}]}

        assert mapping_of(LINES).inbound(document).ignored == (("a",), ("lines", 0, "x"))

    def test_what_passes_is_not_ignored_but_what_is_blocked_is(self) -> None:
        document = {"items": "spoof", "x": 1, "lines": [{"sku_code": "spoof", "y": 1}]}

        assert mapping_of(LINES, unmapped="pass").inbound(document).ignored == (
            ("items",),
            ("lines", 0, "sku_code"),
        )


class TestOutbound:
    def test_response_only_fields_keep_our_names(self) -> None:
        rule = {"partner": "nr", "internal": "order_number"}

        said = mapping_of(rule, unmapped="pass").outbound({"order_number": 1, "id": "u", "status": "pending"})

        assert said.value == {"nr": 1, "id": "u", "status": "pending"}

    def test_where_the_partner_uses_the_name_ours_is_called_otherwise(self) -> None:
        rules = [
            {"partner": "id", "internal": "external_order_id"},
            {"partner": "status", "internal": "metadata.source_status"},
        ]
        ours = {"id": "u", "external_order_id": 7, "status": "pending", "metadata": {"source_status": "open"}}

        assert mapping_of(*rules, unmapped="pass").outbound(ours).value == {
            "id": 7,
            "status": "open",
            "datamingle_id": "u",
            "datamingle_status": "pending",
        }

    def test_so_are_members_of_elements(self) -> None:
        group = {
            **LINES,
            "rules": [{"partner": "sku", "internal": "sku_code"}, {"partner": "id", "internal": "n"}],
        }

        assert mapping_of(group, unmapped="pass").outbound(
            {"items": [{"sku_code": "a", "id": "u"}]}
        ).value == {"lines": [{"sku": "a", "datamingle_id": "u"}]}

    def test_what_is_left_of_an_object_goes_where_the_partner_has_one_of_that_name(self) -> None:
        rule = {"partner": "customer.first", "internal": "customer_name"}

        assert mapping_of(rule, unmapped="pass").outbound(
            {"customer_name": "A", "customer": {"id": 1, "first": 2}}
        ).value == {"customer": {"first": "A", "id": 1, "datamingle_first": 2}}

    @pytest.mark.parametrize("prefix", ["*", "d*", "datamingle_*"])
    def test_nothing_passes_where_a_prefix_claims_every_other_name_too(self, prefix: str) -> None:
        mapping = mapping_of({"partner": prefix, "internal": "metadata.*"}, unmapped="pass")
        ours = {"datamingle_data": 1, "metadata": {"datamingle_d": 2}}

        assert mapping.outbound(ours).value == {"datamingle_d": 2}
        assert mapping.outbound.explain(ours).blocked[0].steps == ("datamingle_data",)

    def test_what_only_reads_inwards_passes_under_our_name(self) -> None:
        rule = {"partner": ["first", "last"], "join": " ", "internal": "customer_name"}

        assert mapping_of(rule, unmapped="pass").outbound({"customer_name": "A B"}).value == {
            "customer_name": "A B"
        }

    def test_fixed_values_of_ours_do_not_pass(self) -> None:
        rule = {"internal": "metadata.source", "const": "erp"}

        assert mapping_of(rule, unmapped="pass").outbound({"metadata": {"source": "erp", "x": 1}}).value == {
            "metadata": {"x": 1}
        }

    def test_a_name_that_only_a_condition_asks_is_the_partners_too(self) -> None:
        mapping = mapping_of(accept={"status": {"in": ["open"]}}, unmapped="pass")

        assert mapping.outbound({"status": "pending"}).value == {"datamingle_status": "pending"}


class TestFixedValues:
    def test_in_every_element_that_other_rules_build(self) -> None:
        rules = [
            LINES,
            {"internal": "items[].kind", "const": "K"},
            {"partner": "lines[].type", "const": "T"},
        ]
        mapping = mapping_of(*rules)

        assert mapping.inbound({"lines": [{"sku": 1}, {}]}).value == {
            "items": [{"sku_code": 1, "kind": "K"}, {"kind": "K"}]
        }
        assert mapping.outbound({"items": [{"sku_code": 1}]}).value == {"lines": [{"sku": 1, "type": "T"}]}

    def test_only_where_the_parent_is_there_anyway(self) -> None:
        rules = [
            {"partner": "custom.Usr", "internal": "channel"},
            {"partner": "custom.Usr.type", "wrap": False, "const": "S", "always": False},
        ]
        mapping = mapping_of(*rules, wrap="value")

        assert mapping.outbound({"channel": "web"}).value == {
            "custom": {"Usr": {"value": "web", "type": "S"}}
        }
        assert mapping.outbound({}).value == {}

    def test_expected_in_every_element(self) -> None:
        check = {"partner": "lines[].type", "const": "T", "expect": True}

        assert errors_of({"lines": [{"type": "T"}, {"type": None}, {}, {"type": "X"}]}, LINES, check) == [
            ("unexpected_value", "lines[3].type", [])
        ]

    @pytest.mark.parametrize("sent", [{}, {"t": None}, {"t": "SO"}])
    def test_absence_and_null_are_not_unexpected(self, sent: Any) -> None:
        assert errors_of(sent, {"partner": "t", "const": "SO", "expect": True}) == []


class TestArraysByIndex:
    def test_an_absent_lower_element_is_filled(self) -> None:
        rules = [{"partner": "p[0].x", "internal": "a"}, {"partner": "p[1].x", "internal": "b"}]

        assert mapping_of(*rules).outbound({"b": 1}).value == {"p": [{}, {"x": 1}]}
        assert mapping_of(*rules).outbound({"a": 1}).value == {"p": [{"x": 1}]}

    def test_with_null_where_the_element_is_the_value(self) -> None:
        rules = [{"partner": "p[0]", "internal": "a"}, {"partner": "p[1]", "internal": "b"}]

        assert mapping_of(*rules).outbound({"b": 1}).value == {"p": [None, 1]}
        assert mapping_of(*rules[::-1]).outbound({"b": 1, "a": 2}).value == {"p": [2, 1]}

    def test_a_value_for_no_element_is_dropped_but_still_checked(self) -> None:
        rules = [LINES, {"partner": "lines[0].ref", "internal": "ref", "type": "integer"}]
        mapping = mapping_of(*rules)

        assert mapping.outbound({"items": [], "ref": 1}).value == {"lines": []}
        assert [error.code for error in mapping.outbound({"items": [], "ref": "x"}).errors] == ["wrong_type"]
        assert [entry.how for entry in mapping.outbound.explain({"items": [], "ref": 1}).trace] == ["dropped"]


def test_outbound_errors_name_both_sides_and_leave_the_field_out() -> None:
    rule = {"partner": "Status", "internal": "status", "values": [["O", "open"]]}
    result = mapping_of(rule, wrap="value").outbound({"status": "lost"})

    (error,) = result.errors
    assert result.value == {}
    assert (error.code, error.partner, error.field, error.internal) == (
        "value_not_mapped",
        "Status.value",
        "Status",
        ("status",),
    )
