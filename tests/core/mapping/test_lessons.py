"""What fuzzing taught: why each law has its conditions, and small documents that are easily mapped wrong."""

from typing import Any

import pytest

from core.mapping import FieldMapping
from tests.core.mapping.building import mapping_of

LINES = {"partner": "lines[]", "internal": "items[]", "rules": [{"partner": "sku", "internal": "sku_code"}]}
FIRST_LINE = {"partner": ["lines[0].ref", "ref"], "internal": "reference"}


def read(mapping: FieldMapping, document: Any) -> Any:
    """What a document of the partner's becomes, by the function and by the definition."""
    return told(mapping.inbound, document)


def said(mapping: FieldMapping, document: Any) -> Any:
    """What a document of ours becomes."""
    return told(mapping.outbound, document)


def told(direction: Any, document: Any) -> Any:
    result, explained = direction(document), direction.explain(document)
    assert (result.value, result.errors) == (explained.value, explained.errors)
    assert direction.runner.fallbacks == 0
    return [error.code for error in result.errors] or result.value


class TestTheConditionsOfTheLaws:
    def test_l1_where_the_way_out_drops_a_value_the_way_in_cannot_find_it(self) -> None:
        mapping = mapping_of(LINES, FIRST_LINE)
        ours = read(mapping, {"lines": [], "ref": "R"})

        assert ours == {"reference": "R", "items": []}
        assert said(mapping, ours) == {"lines": []}
        assert [entry.how for entry in mapping.outbound.explain(ours).trace] == ["dropped"]

    def test_l1_what_only_reads_inwards_is_lost_on_the_way_out(self) -> None:
        mapping = mapping_of({"partner": "a", "internal": "x", "direction": "in"}, unmapped="drop")

        assert read(mapping, said(mapping, read(mapping, {"a": 1}))) == {}

    def test_l2_a_default_appears_on_the_second_way_out(self) -> None:
        mapping = mapping_of({"partner": "cur", "internal": "currency", "default": "EUR"})

        assert said(mapping, {}) == {}
        assert said(mapping, read(mapping, {})) == {"cur": "EUR"}

    def test_l3_a_null_that_is_absence_does_not_come_back(self) -> None:
        mapping = mapping_of({"partner": "a", "internal": "x", "nulls": "absent"})

        assert said(mapping, {"x": None}) == {}

    def test_l3_a_value_comes_back_in_its_written_form(self) -> None:
        mapping = mapping_of({"partner": "a", "internal": "x", "type": "decimal", "scale": 2})

        assert read(mapping, said(mapping, {"x": "7.10"})) == {"x": "7.1"}

    def test_l3_an_object_with_nothing_in_it_does_not_come_back(self) -> None:
        mapping = mapping_of({"partner": "to.city", "internal": "shipping.city"})

        assert said(mapping, {"shipping": {}}) == {}

    @pytest.mark.parametrize(
        ("group", "rows"),
        [
            ({"where": {"kind": {"in": ["Item"]}}}, [{"sku_code": "a"}, {"sku_code": "a"}]),
            ({"merge": {"by": ["sku_code"], "sum": ["quantity"]}}, [{"sku_code": "a"}, {"sku_code": "b"}]),
        ],
    )
    def test_l5_helpers_of_a_group_change_the_length_of_its_array(self, group: Any, rows: Any) -> None:
        mapping = mapping_of({**LINES, **group})
        lines = [{"kind": "Item", "sku": "a"}, {"kind": "Note", "sku": "b"}, {"kind": "Item", "sku": "a"}]

        assert read(mapping, {"lines": lines}) == {"items": rows}

    def test_l6_of_alternatives_only_the_document_tells_which_was_read(self) -> None:
        mapping = mapping_of({"partner": ["po", "PONumber"], "internal": "order_number"})

        assert mapping.to_partner(("order_number",)).paths == ("po",)
        assert mapping.to_partner(("order_number",), doc={"PONumber": "1"}).paths == ("PONumber",)


class TestShapes:
    @pytest.mark.parametrize("sent", ["abc", {"0": {"sku": "a"}}, 5, True, "", {}])
    def test_what_can_be_gone_through_is_no_array_for_that(self, sent: Any) -> None:
        assert read(mapping_of(LINES), {"lines": sent}) == ["wrong_shape"]

    @pytest.mark.parametrize("sent", ["abc", [], [{"b": 1}], 5, False])
    def test_every_member_of_what_is_no_object_is_told_by_one_error(self, sent: Any) -> None:
        mapping = mapping_of({"partner": "a.b", "internal": "x"}, {"partner": "a.c", "internal": "y"})

        assert read(mapping, {"a": sent}) == ["wrong_shape"]
        assert mapping.inbound({"a": sent}).errors[0].internal == ("x", "y")

    def test_an_array_with_a_hole_is_broken_and_not_shorter(self) -> None:
        result = mapping_of(LINES).inbound({"lines": [{"sku": "a"}, None, {"sku": "c"}]})

        assert [(error.code, error.partner) for error in result.errors] == [("wrong_shape", "lines[1]")]
        assert result.value == {"items": [{"sku_code": "a"}, {}, {"sku_code": "c"}]}

    def test_a_null_on_the_way_is_absence_and_at_the_end_a_value(self) -> None:
        mapping = mapping_of({"partner": "a.b", "internal": "x"})

        assert read(mapping, {"a": None}) == {}
        assert read(mapping, {"a": {"b": None}}) == {"x": None}

    def test_what_was_not_found_makes_no_parents(self) -> None:
        mapping = mapping_of({"partner": "a", "internal": "p.q.x"}, {"partner": "b", "internal": "r[0].x"})

        assert read(mapping, {"c": 1}) == {}


class TestSameness:
    @pytest.mark.parametrize(
        ("one", "other", "agree"),
        [
            (1, 1.0, True),
            (1, True, False),
            (0, False, False),
            (1, "1", False),
            ("a", "A", False),
            ("é", "e\u0301", False),
            (None, None, True),
            (None, 0, False),
            ([1, {"a": True}], [1.0, {"a": True}], True),
            ([1], [True], False),
            ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ],
    )
    def test_elements_agree_by_kind_and_value(self, one: Any, other: Any, agree: bool) -> None:
        mapping = mapping_of(LINES, {"partner": "lines[=].x", "internal": "x"})

        found = read(mapping, {"lines": [{"x": one}, {}, {"x": other}]})

        assert found == ({"x": one, "items": [{}, {}, {}]} if agree else ["disagree"])

    def test_true_is_no_one_and_text_no_number_in_a_list_of_values(self) -> None:
        mapping = mapping_of({"partner": "a", "internal": "x", "values": [[1, "one"], ["2", "two"]]})

        assert [read(mapping, {"a": sent}) for sent in (1, 1.0, "2")] == [
            {"x": "one"},
            {"x": "one"},
            {"x": "two"},
        ]
        assert [read(mapping, {"a": sent}) for sent in (True, "1", 2)] == [["value_not_mapped"]] * 3

    def test_an_expected_number_is_not_met_by_true(self) -> None:
        mapping = mapping_of({"partner": "kind", "const": 1, "expect": True})

        assert read(mapping, {"kind": 1.0}) == {}
        assert read(mapping, {"kind": True}) == ["unexpected_value"]


class TestValuesOnTheirWay:
    def test_a_value_that_would_be_dropped_is_converted_all_the_same(self) -> None:
        mapping = mapping_of(LINES, {"partner": "lines[0].n", "internal": "n", "type": "integer"})

        assert said(mapping, {"n": "x", "items": []}) == ["wrong_type"]

    def test_the_text_of_a_token_is_a_value_like_any_other(self) -> None:
        mapping = mapping_of({"partner": "k1", "internal": "k0", "default": "k2"})

        assert read(mapping, {"k1": "k3"}) == {"k0": "k3"}
        assert read(mapping, {}) == {"k0": "k2"}

    def test_two_rules_may_copy_one_object_without_sharing_what_is_written_later(self) -> None:
        mapping = mapping_of(
            {"partner": "a", "internal": "x", "direction": "in"},
            {"partner": "a.b", "internal": "y.b", "direction": "in"},
            {"partner": "c", "internal": "y.c", "direction": "in"},
        )
        theirs = {"a": {"b": {"d": 1}}, "c": 2}

        assert read(mapping, theirs) == {"x": {"b": {"d": 1}}, "y": {"b": {"d": 1}, "c": 2}}
        assert theirs == {"a": {"b": {"d": 1}}, "c": 2}

    @pytest.mark.parametrize("digits", ["9" * 30, "9" * 31, "9" * 5000])
    def test_long_digits_are_no_work(self, digits: str) -> None:
        mapping = mapping_of({"partner": "a", "internal": "x", "type": "integer"})

        (code,) = read(mapping, {"a": digits})

        assert code in ("out_of_range", "not_convertible")

    def test_an_identifier_beyond_floats_stays_what_it_is(self) -> None:
        mapping = mapping_of({"partner": "id", "internal": "x", "type": "string", "as": "integer"})

        assert read(mapping, {"id": 820982911946154508}) == {"x": "820982911946154508"}
        assert said(mapping, {"x": "820982911946154508"}) == {"id": 820982911946154508}
        assert said(mapping, {"x": "007"}) == {"id": "007"}
