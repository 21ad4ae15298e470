"""What tells two versions of a mapping apart."""

from typing import Any

import pytest

from core.mapping.diff import RulesDiff, diff_rules
from core.mapping.model import ABSENT
from core.mapping.sample_diff import SampleDiff, diff_sample
from tests.core.mapping.building import mapping_of

NUMBER = {"partner": "po", "internal": "order_number"}
LINES = {
    "partner": "Lines[]",
    "internal": "items[]",
    "rules": [{"partner": "Sku", "internal": "sku_code"}, {"partner": ["Qty", "Q"], "internal": "quantity"}],
}


def rules_diff(before: list[Any], after: list[Any], **options: Any) -> RulesDiff:
    return diff_rules({"rules": before}, {"rules": after, **options})


def members(diff: RulesDiff) -> list[tuple[str, str, Any, Any]]:
    return [
        (change.place, member.member, member.before, member.after)
        for change in diff.changed
        for member in change.members
    ]


class TestRules:
    def test_the_same_rules_differ_in_nothing(self) -> None:
        assert rules_diff([NUMBER, LINES], [NUMBER, LINES]).is_empty

    def test_rules_are_added_and_removed_by_the_place_that_they_are_for(self) -> None:
        diff = rules_diff([NUMBER], [{"partner": "po", "internal": "external_order_id"}])

        assert [rule.place for rule in diff.added] == ["external_order_id"]
        assert [rule.place for rule in diff.removed] == ["order_number"]
        assert diff.changed == ()

    def test_a_changed_rule_tells_each_member_that_changed(self) -> None:
        before = {**NUMBER, "type": "string", "note": "x"}
        after = {"partner": "number", "internal": "order_number", "type": "string", "required": True}

        assert members(rules_diff([before], [after])) == [
            ("order_number", "partner", "po", "number"),
            ("order_number", "note", "x", ABSENT),
            ("order_number", "required", ABSENT, True),
        ]

    @pytest.mark.parametrize(
        ("before", "after"), [(1, True), (1, "1"), ([1], [1, 2]), ({"a": 0}, {"a": False})]
    )
    def test_values_of_different_kinds_differ(self, before: Any, after: Any) -> None:
        diff = rules_diff([{**NUMBER, "default": before}], [{**NUMBER, "default": after}])

        assert members(diff) == [("order_number", "default", before, after)]

    def test_neither_the_order_of_rules_nor_how_they_are_grouped_or_written_matters(self) -> None:
        flat = [
            {"partner": ["Lines[].Qty", "Lines[].Q"], "internal": "items[]['quantity']"},
            {"partner": "Lines[].Sku", "internal": "items[].sku_code"},
            NUMBER,
        ]

        assert rules_diff([NUMBER, LINES], flat).is_empty

    def test_a_group_that_moves_changes_the_place_of_each_of_its_rules(self) -> None:
        assert members(rules_diff([LINES], [{**LINES, "partner": "Rows[]"}])) == [
            ("items[].sku_code", "partner", "Lines[].Sku", "Rows[].Sku"),
            ("items[].quantity", "partner", ["Lines[].Qty", "Lines[].Q"], ["Rows[].Qty", "Rows[].Q"]),
        ]

    def test_what_a_group_says_of_its_elements_is_told_apart_from_its_rules(self) -> None:
        where = {"where": {"Qty": {"not_in": [0]}}}

        added = rules_diff([LINES], [{**LINES, **where}])
        changed = rules_diff([{**LINES, **where}], [{**LINES, "where": {"Qty": {"above": 0}}}])

        assert [(rule.place, rule.members) for rule in added.added] == [("items[]", where)]
        assert [(place, member) for place, member, _, _ in members(changed)] == [("items[]", "where")]

    def test_a_rule_without_a_place_of_ours_goes_by_the_partners(self) -> None:
        const = {"partner": "Type", "const": "SO"}

        assert members(rules_diff([const], [{**const, "const": "PO"}])) == [("Type", "const", "SO", "PO")]

    def test_of_several_rules_for_a_place_those_that_are_the_same_pair_up(self) -> None:
        inward, outward = {**NUMBER, "direction": "in"}, {**NUMBER, "direction": "out"}

        diff = rules_diff([inward, outward], [outward, {**inward, "partner": "no"}])

        assert members(diff) == [("order_number", "partner", "po", "no")]
        assert (diff.added, diff.removed) == ((), ())

    def test_a_rule_that_a_place_has_too_many_of_is_removed(self) -> None:
        inward, outward = {**NUMBER, "direction": "in"}, {**NUMBER, "direction": "out"}

        (removed,) = rules_diff([inward, outward], [inward]).removed

        assert removed.members == outward

    def test_settings_of_the_mapping_are_told(self) -> None:
        (change,) = rules_diff([NUMBER], [NUMBER], wrap="value").settings

        assert (change.member, change.before, change.after) == ("wrap", ABSENT, "value")

    def test_alternatives_keep_their_options_under_their_whole_paths(self) -> None:
        alternative = {"path": "Qty", "wrap": False}
        group = {**LINES, "rules": [{"partner": [alternative, None], "internal": "quantity"}]}

        ((_, _, before, after),) = members(rules_diff([group], [{**group, "partner": "^.Rows[]"}]))

        assert before == [{"path": "Lines[].Qty", "wrap": False}, None]
        assert after == [{"path": "^.Rows[].Qty", "wrap": False}, None]


def changes(diff: SampleDiff) -> list[tuple[Any, ...]]:
    return [
        (
            change.kind,
            change.record,
            change.target,
            change.before and (change.before.shown, change.before.rule),
            change.after and (change.after.shown, change.after.rule),
        )
        for change in diff.targets
    ]


class TestSamples:
    def test_targets_are_added_removed_and_changed_by_the_rule_that_writes_them(self) -> None:
        before = mapping_of(
            {"partner": "po", "internal": "order_number", "id": "number"},
            {"partner": "memo", "internal": "notes", "id": "memo"},
            {"partner": "who", "internal": "customer_name"},
        )
        after = mapping_of(
            {"partner": "ref", "internal": "order_number", "id": "ref"},
            {"partner": "who", "internal": "customer_name"},
            {"internal": "metadata.source", "const": "erp", "id": "source"},
        )

        diff = diff_sample(before, after, {"po": "1", "ref": "2", "memo": "m", "who": "w"})

        assert changes(diff) == [
            ("changed", None, ("order_number",), ("1", "number"), ("2", "ref")),
            ("removed", None, ("notes",), ("m", "memo"), None),
            ("added", None, ("metadata", "source"), None, ("erp", "source")),
        ]

    def test_what_is_written_whole_or_in_parts_is_the_same_if_the_documents_are(self) -> None:
        whole = mapping_of({"partner": "to", "internal": "metadata.to", "id": "whole"})
        parts = mapping_of({"partner": "to.city", "internal": "metadata.to.city", "id": "city"})

        diff = diff_sample(whole, parts, {"to": {"city": "Turku", "zip": "1"}})

        assert changes(diff) == [("removed", None, ("metadata", "to", "zip"), ("1", "whole"), None)]

    def test_each_record_and_each_element_is_compared(self) -> None:
        before = mapping_of(LINES)
        after = mapping_of({**LINES, "where": {"Qty": {"not_in": [0]}}})

        diff = diff_sample(before, after, [{"Lines": [{"Qty": 1}]}, {"Lines": [{"Qty": 0}]}])

        assert changes(diff) == [
            ("removed", 1, ("items", 0, "quantity"), (0, "r1.2"), None),
            ("added", 1, ("items",), None, ([], "r1")),
        ]

    def test_an_array_or_element_without_values_is_caused_by_a_rule_inside(self) -> None:
        before, after = mapping_of(NUMBER), mapping_of(NUMBER, LINES)

        assert changes(diff_sample(before, after, {"po": "1", "Lines": [{}]})) == [
            ("added", None, ("items", 0), None, ({}, "r2.1"))
        ]
        assert changes(diff_sample(before, after, {"po": "1", "Lines": []})) == [
            ("added", None, ("items",), None, ([], "r2.1"))
        ]

    def test_a_record_in_which_nothing_was_found_is_no_target(self) -> None:
        nothing, number = mapping_of(), mapping_of(NUMBER)

        assert changes(diff_sample(nothing, number, {"po": "1"})) == [
            ("added", None, ("order_number",), None, ("1", "r1"))
        ]
        assert diff_sample(nothing, number, {}).is_empty

    def test_a_record_that_only_one_version_takes_is_added_or_removed(self) -> None:
        before = mapping_of(NUMBER)
        after = mapping_of(NUMBER, where={"po": {"not_in": ["2"]}})

        diff = diff_sample(before, after, [{"po": "1"}, {"po": "2"}])

        assert changes(diff) == [("removed", 1, ("order_number",), ("2", "r1"), None)]

    def test_errors_come_and_go(self) -> None:
        before = mapping_of({**NUMBER, "required": True}, {"partner": "q", "internal": "notes"})
        after = mapping_of(NUMBER, {"partner": "q", "internal": "notes", "type": "string"})

        diff = diff_sample(before, after, {"q": [1]})

        assert [error.code for error in diff.gone_errors] == ["missing"]
        assert [error.code for error in diff.new_errors] == ["wrong_type"]

    def test_a_secret_that_changes_is_told_without_its_value(self) -> None:
        before = mapping_of({"partner": "card", "internal": "notes", "secret": True})
        after = mapping_of({"partner": "token", "internal": "notes", "secret": True})

        diff = diff_sample(before, after, {"card": "4111", "token": "t-99"})

        assert changes(diff) == [("changed", None, ("notes",), ("•••", "r1"), ("•••", "r1"))]
        assert "4111" not in repr(diff)
