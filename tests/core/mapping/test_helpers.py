"""The inbound helpers of rules and groups: joining, gathering, testing, looking up, choosing."""

from decimal import Decimal
from itertools import permutations
from typing import Any, ClassVar

import pytest

from core.mapping.model import Json
from tests.core.mapping.building import errors_of, mapping_of, value_of

EMPTY: list[Any] = [None, "", {}, [], False]


class Products:
    """One product with its inventory item."""

    def find(self, resource: str, by: str, value: Json) -> str | None:
        return "SKU-1" if (resource, by, str(value)) == ("products", "custom_fields.item", "46") else None

    def value_of(self, resource: str, by: str, key: str) -> Json:
        return 46 if (resource, by, key) == ("products", "custom_fields.item", "SKU-1") else None


class TestEmpty:
    def test_an_empty_value_is_absent_whatever_nulls_says(self) -> None:
        assert (
            value_of(
                {"a": None, "b": ""},
                {"partner": "a", "internal": "x"},
                {"partner": "b", "internal": "y"},
                empty=EMPTY,
            )
            == {}
        )

    def test_on_the_way_it_makes_the_rest_absent(self) -> None:
        assert value_of({"custom": []}, {"partner": "custom.channel", "internal": "x"}, empty=EMPTY) == {}

    def test_an_empty_array_of_elements_stays_an_empty_array(self) -> None:
        rule = {"partner": "lines[].sku", "internal": "items[].sku"}

        assert value_of({"lines": []}, rule, empty=EMPTY) == {"items": []}
        assert value_of({"lines": False}, rule, empty=EMPTY) == {}

    def test_what_a_rule_reads_itself_is_no_empty_for_it(self) -> None:
        active = {"partner": "active", "internal": "is_active", "type": "boolean"}
        choice = {"partner": "frozen", "internal": "y", "values": [[False, "no"], [True, "yes"]]}

        assert value_of({"active": False, "frozen": False}, active, choice, empty=EMPTY) == {
            "is_active": False,
            "y": "no",
        }

    def test_a_rule_may_add_its_own(self) -> None:
        rule = {"partner": "id", "internal": "x", "empty": [0], "type": "integer"}

        assert value_of({"id": 0}, rule) == {}

    def test_required_and_empty_is_missing(self) -> None:
        rule = {"partner": "id", "internal": "x", "required": True}

        assert errors_of({"id": ""}, rule, empty=EMPTY) == [("missing", "id", ["x"])]


class TestPartialUpdate:
    def changed(self, document: Any, *rules: dict[str, Any]) -> Any:
        return mapping_of(*rules, empty=EMPTY).inbound(document, partial=True).value

    def test_a_field_that_is_there_and_empty_clears_its_target(self) -> None:
        assert self.changed({"note": ""}, {"partner": "note", "internal": "notes"}) == {"notes": None}

    def test_a_missing_field_leaves_its_target_alone(self) -> None:
        assert self.changed({}, {"partner": "note", "internal": "notes", "default": "d"}) == {}

    def test_so_does_one_below_an_empty_parent(self) -> None:
        assert self.changed({"h": {}}, {"partner": "h.note", "internal": "notes"}) == {}
        assert self.changed({"h": False}, {"partner": "h.note", "internal": "notes"}) == {}

    def test_of_alternatives_one_empty_and_none_with_a_value_clears(self) -> None:
        rule = {"partner": ["a", "b"], "internal": "x"}

        assert self.changed({"a": ""}, rule) == {"x": None}
        assert self.changed({"a": "", "b": 5}, rule) == {"x": 5}

    def test_a_pair_without_a_value_clears_its_member(self) -> None:
        rule = {"partner": "attributes", "internal": "metadata.*", "pairs": ["name", "value"]}
        pairs = [
            {"name": "a", "value": ""},
            {"name": "b", "value": 1},
            {"name": "c"},
            {"name": "d", "value": ""},
            {"name": "d", "value": 2},
        ]

        assert self.changed({"attributes": pairs}, rule) == {"metadata": {"a": None, "b": 1, "d": 2}}
        assert self.changed({"attributes": pairs[:1]}, rule) == {"metadata": {"a": None}}
        assert self.changed({"attributes": []}, rule) == {}
        assert mapping_of(rule, empty=EMPTY).inbound({"attributes": pairs[:2]}).value == {
            "metadata": {"b": 1}
        }

    def test_so_does_an_empty_member_with_the_prefix(self) -> None:
        rule = {"partner": "U_*", "internal": "metadata.*"}
        named = {"partner": "U_own", "internal": "metadata.own"}

        assert self.changed({"U_a": "", "U_b": 1, "V_c": ""}, rule) == {"metadata": {"U_a": None, "U_b": 1}}
        assert self.changed({"U_a": None, "U_own": 5}, rule, named) == {"metadata": {"U_a": None, "own": 5}}

    def test_members_that_other_rules_name_are_not_cleared(self) -> None:
        rule = {"partner": "attributes", "internal": "metadata.*", "pairs": ["name", "value"]}
        named = {"partner": "x", "internal": "metadata.own"}

        assert self.changed({"attributes": [{"name": "own", "value": ""}]}, rule, named) == {}

    def test_required_defaults_and_fixed_values_are_off(self) -> None:
        rules = [{"partner": "a", "internal": "x", "required": True}, {"internal": "source", "const": "erp"}]

        result = mapping_of(*rules).inbound({}, partial=True)

        assert (result.value, result.errors, result.defaulted) == ({}, (), frozenset())


class TestWrappers:
    WRAPPED: ClassVar[dict[str, Any]] = {"partner": "a", "internal": "x"}

    @pytest.mark.parametrize(
        ("sent", "given"),
        [({"value": 5}, {"x": 5}), (5, {"x": 5}), ({"value": ""}, {"x": ""}), ({"value": None}, {"x": None})],
    )
    def test_the_first_wrapper_that_is_there_is_read(self, sent: Any, given: Any) -> None:
        assert value_of({"a": sent}, self.WRAPPED, wrap=["value", ""]) == given

    @pytest.mark.parametrize(
        ("sent", "given"),
        [
            ({"value": {"id": "N", "description": "Open"}}, {"x": "Open"}),
            ({"value": "Open"}, {"x": "Open"}),
            ("Open", {"x": "Open"}),
        ],
    )
    def test_a_wrapper_may_be_a_path(self, sent: Any, given: Any) -> None:
        assert value_of({"a": sent}, self.WRAPPED, wrap=["value.description", "value", ""]) == given

    def test_what_needs_a_wrapper_and_has_none_has_another_shape(self) -> None:
        assert errors_of({"a": 5}, self.WRAPPED, wrap="value") == [("wrong_shape", "a", ["x"])]

    def test_the_first_is_written(self) -> None:
        assert mapping_of(self.WRAPPED, wrap=["value", ""]).outbound({"x": 5}).value == {"a": {"value": 5}}

    def test_an_error_names_the_wrapper_that_is_there(self) -> None:
        rule = {"partner": "a", "internal": "x", "type": "integer"}
        mapping = mapping_of(rule, wrap=["value", ""])

        assert mapping.inbound({"a": {"value": "q"}}).errors[0].pointer == "/a/value"
        assert mapping.inbound({"a": "q"}).errors[0].pointer == "/a"
        assert mapping.inbound({"a": {"value": "q"}}).errors[0].field == "a"


class TestAlternatives:
    MANY_TO_ONE: ClassVar[dict[str, Any]] = {
        "partner": ["partner_id.display_name", "partner_id[1]", "partner_id"],
        "internal": "name",
        "type": "string",
        "direction": "in",
    }

    @pytest.mark.parametrize("sent", [{"id": 7, "display_name": "Azure"}, [7, "Azure"], "Azure"])
    def test_another_shape_counts_as_absent_while_another_place_has_a_value(self, sent: Any) -> None:
        assert value_of({"partner_id": sent}, self.MANY_TO_ONE) == {"name": "Azure"}

    def test_if_none_has_the_first_such_error_is_reported(self) -> None:
        assert errors_of({"partner_id": 7}, self.MANY_TO_ONE) == [("wrong_shape", "partner_id", ["name"])]

    def test_null_at_the_end_makes_another_shape_an_absence(self) -> None:
        rule = {"partner": ["partner_id.email", None], "internal": "email"}

        assert value_of({"partner_id": 7}, rule) == {}

    def test_an_alternative_counts_only_where_its_conditions_hold(self) -> None:
        billing = {"path": "billing.city", "where": {"shipping.street": {"present": False}}}
        rule = {"partner": ["shipping.city", billing], "internal": "city"}

        assert value_of({"billing": {"city": "Turku"}}, rule) == {"city": "Turku"}
        assert value_of({"shipping": {"street": "Main"}, "billing": {"city": "Turku"}}, rule) == {}

    def test_missing_names_the_first_and_lists_the_others(self) -> None:
        mapping = mapping_of({"partner": ["a", "b", "c"], "internal": "x", "required": True})

        (error,) = mapping.inbound({}).errors

        assert (error.partner, error.also) == ("a", ("b", "c"))

    def test_a_value_of_the_wrong_form_is_an_error_although_another_place_has_one(self) -> None:
        rule = {"partner": ["a", "b"], "internal": "x", "type": "integer"}

        assert errors_of({"a": "one", "b": 1}, rule) == [("not_convertible", "a", ["x"])]


class TestJoin:
    NAME: ClassVar[dict[str, Any]] = {"partner": ["first", "last"], "join": " ", "internal": "name"}

    def test_what_is_there_is_joined(self) -> None:
        assert value_of({"first": "Ann", "last": "Lee"}, self.NAME) == {"name": "Ann Lee"}
        assert value_of({"last": "Lee"}, self.NAME) == {"name": "Lee"}
        assert value_of({}, self.NAME) == {}

    def test_numbers_are_joined_as_texts(self) -> None:
        assert value_of({"first": 5, "last": 0.5}, self.NAME) == {"name": "5 0.5"}

    def test_as_an_alternative_it_is_followed_by_others(self) -> None:
        rule = {
            "partner": [{"path": ["first", "last"], "join": " "}, "company"],
            "internal": "name",
            "text": ["trim"],
        }

        assert value_of({"first": " Ann ", "last": "Lee"}, rule) == {"name": "Ann Lee"}
        assert value_of({"company": " ACME "}, rule) == {"name": "ACME"}

    def test_it_reads_only(self) -> None:
        assert mapping_of(self.NAME, unmapped="pass").outbound({"name": "Ann Lee"}).value == {
            "name": "Ann Lee"
        }


class TestText:
    def test_the_steps_come_before_the_codec(self) -> None:
        rule = {"partner": "q", "internal": "n", "type": "integer", "text": [{"after": " : "}]}

        assert value_of({"q": "pieces : 5"}, rule) == {"n": 5}

    def test_a_text_that_is_empty_afterwards_is_absent(self) -> None:
        rule = {"partner": "note", "internal": "notes", "text": ["trim"], "default": "none"}

        assert value_of({"note": "  "}, rule) == {"notes": "none"}

    def test_a_prefix_is_taken_off_on_the_way_out(self) -> None:
        mapping = mapping_of({"partner": "id", "internal": "code", "text": [{"prefix": "SHOP-"}]})

        assert mapping.inbound({"id": "7"}).value == {"code": "SHOP-7"}
        assert mapping.outbound({"code": "SHOP-7"}).value == {"id": "7"}
        assert [error.code for error in mapping.outbound({"code": "X"}).errors] == ["not_convertible"]

    def test_it_wants_a_text(self) -> None:
        assert errors_of({"a": 5}, {"partner": "a", "internal": "x", "text": ["trim"]}) == [
            ("wrong_type", "a", ["x"])
        ]


class TestMinimum:
    def test_a_smaller_number_becomes_it(self) -> None:
        rule = {"partner": "stock", "internal": "quantity", "type": "integer", "min": 0}

        assert value_of({"stock": -3}, rule) == {"quantity": 0}
        assert value_of({"stock": 3}, rule) == {"quantity": 3}

    def test_outwards_a_value_stays_as_it_is(self) -> None:
        mapping = mapping_of({"partner": "stock", "internal": "quantity", "min": 0})

        assert mapping.outbound({"quantity": -3}).value == {"stock": -3}
        assert mapping.outbound.explain({"quantity": -3}).value == {"stock": -3}

    def test_it_comes_after_the_sum(self) -> None:
        rule = {"partner": "w[].q", "internal": "quantity", "type": "integer", "total": "sum", "min": 0}

        assert value_of({"w": [{"q": -3}, {"q": 5}]}, rule) == {"quantity": 2}


class TestTotal:
    RULE: ClassVar[dict[str, Any]] = {"partner": "w[].q", "internal": "quantity", "total": "sum"}

    def test_it_is_the_sum_of_what_is_there(self) -> None:
        assert value_of({"w": [{"q": 1}, {}, {"q": None}, {"q": 2}]}, self.RULE) == {"quantity": 3}

    @pytest.mark.parametrize("sent", [{}, {"w": None}, {"w": []}, {"w": [{}]}])
    def test_nothing_there_is_no_sum(self, sent: Any) -> None:
        assert value_of(sent, self.RULE) == {}

    def test_fractions_are_added_exactly(self) -> None:
        assert value_of({"w": [{"q": 0.1}, {"q": 0.2}]}, self.RULE) == {"quantity": 0.3}

    def test_money_stays_a_text(self) -> None:
        rule = {**self.RULE, "type": "decimal"}

        assert value_of({"w": [{"q": "0.10"}, {"q": "12.95"}]}, rule) == {"quantity": "13.05"}

    def test_every_wrong_element_is_named(self) -> None:
        rule = {**self.RULE, "type": "integer"}

        assert errors_of({"w": [{"q": 1.5}, {"q": 1}, {"q": "x"}]}, rule) == [
            ("not_convertible", "w[0].q", ["quantity"]),
            ("not_convertible", "w[2].q", ["quantity"]),
        ]

    def test_conditions_choose_the_elements(self) -> None:
        rule = {**self.RULE, "where": {"kind": {"in": ["own"]}}}

        assert value_of({"w": [{"kind": "own", "q": 1}, {"kind": "other", "q": 5}]}, rule) == {"quantity": 1}

    def test_an_array_of_no_objects_is_one_error(self) -> None:
        assert errors_of({"w": [1, 2]}, self.RULE) == [("wrong_shape", "w", ["quantity"])]


class TestGather:
    def test_the_values_that_are_there_make_an_array(self) -> None:
        rule = {"partner": "lines[].place", "internal": "metadata.places", "gather": True}

        assert value_of({"lines": [{"place": "A"}, {}, {"place": "B"}]}, rule) == {
            "metadata": {"places": ["A", "B"]}
        }
        assert value_of({"lines": [{}]}, rule) == {}

    def test_with_join_they_make_one_text(self) -> None:
        rule = {
            "partner": "lines[].text",
            "internal": "notes",
            "gather": True,
            "join": "\n",
            "where": {"type": {"in": ["Comment"]}},
        }
        lines = [
            {"type": "Comment", "text": "a"},
            {"type": "Item", "text": "x"},
            {"type": "Comment", "text": "b"},
        ]

        assert value_of({"lines": lines}, rule) == {"notes": "a\nb"}

    def test_inside_elements_it_gathers_what_each_holds(self) -> None:
        rule = {"partner": "lines[].lots[].code", "internal": "items[].lots", "gather": True}

        assert value_of({"lines": [{"lots": [{"code": 1}, {"code": 2}]}, {}]}, rule) == {
            "items": [{"lots": [1, 2]}, {}]
        }


class TestPairs:
    RULE: ClassVar[dict[str, Any]] = {
        "partner": "attributes",
        "internal": "metadata.*",
        "pairs": ["name", "value"],
    }

    def test_pairs_become_members_and_back(self) -> None:
        mapping = mapping_of(self.RULE)
        theirs = {"attributes": [{"name": "gift", "value": "yes"}, {"name": "day", "value": 5}]}

        ours = mapping.inbound(theirs).value

        assert ours == {"metadata": {"gift": "yes", "day": 5}}
        assert mapping.outbound(ours).value == theirs

    def test_of_a_name_sent_twice_the_first_counts(self) -> None:
        pairs = [{"name": "a", "value": 1}, {"name": "a", "value": 2}]

        assert value_of({"attributes": pairs}, self.RULE) == {"metadata": {"a": 1}}

    def test_names_of_other_rules_are_not_touched(self) -> None:
        other = {"partner": "currency", "internal": "metadata.currency"}
        theirs = {"attributes": [{"name": "currency", "value": "X"}], "currency": "EUR"}

        assert value_of(theirs, self.RULE, other) == {"metadata": {"currency": "EUR"}}
        assert mapping_of(self.RULE, other).outbound({"metadata": {"currency": "EUR", "gift": 1}}).value == {
            "currency": "EUR",
            "attributes": [{"name": "gift", "value": 1}],
        }

    def test_it_may_be_an_object_of_its_own(self) -> None:
        rule = {**self.RULE, "internal": "metadata.attributes"}
        mapping = mapping_of(rule)
        theirs = {"attributes": [{"name": "a", "value": 1}]}

        assert mapping.inbound(theirs).value == {"metadata": {"attributes": {"a": 1}}}
        assert mapping.outbound({"metadata": {"attributes": {"a": 1}}}).value == theirs

    def test_a_pair_without_a_name_is_an_error(self) -> None:
        assert errors_of({"attributes": [{"value": 1}]}, self.RULE) == [
            ("missing", "attributes[0].name", ["metadata.*"])
        ]

    def test_poisonous_names_stay_outside(self) -> None:
        assert value_of({"attributes": [{"name": "__proto__", "value": 1}]}, self.RULE) == {}


class TestPrefix:
    RULE: ClassVar[dict[str, Any]] = {"partner": "U_*", "internal": "metadata.*"}

    def test_members_that_begin_so_keep_their_names_both_ways(self) -> None:
        mapping = mapping_of(self.RULE, empty=EMPTY)

        ours = mapping.inbound({"U_a": 1, "U_b": "", "V": 2}).value

        assert ours == {"metadata": {"U_a": 1}}
        assert mapping.outbound({"metadata": {"U_a": 1, "other": 2}}).value == {"U_a": 1}

    def test_pairs_take_what_it_leaves(self) -> None:
        pairs = {"partner": "attributes", "internal": "metadata.*", "pairs": ["name", "value"]}

        assert mapping_of(self.RULE, pairs).outbound({"metadata": {"U_a": 1, "b": 2}}).value == {
            "U_a": 1,
            "attributes": [{"name": "b", "value": 2}],
        }

    def test_they_may_stand_in_one_element_of_an_array(self) -> None:
        theirs = {"lines": [{"U_a": 1, "note": "n"}]}
        mapping = mapping_of(
            {"partner": "lines[0].note", "internal": "notes"},
            {"partner": "lines[0].U_*", "internal": "metadata.*"},
        )

        ours = mapping.inbound(theirs).value

        assert ours == {"notes": "n", "metadata": {"U_a": 1}}
        assert mapping.outbound(ours).value == theirs
        assert mapping.outbound.explain(ours).value == theirs
        assert [entry.target for entry in mapping.outbound.explain(ours).trace] == [
            ("lines", 0, "note"),
            ("lines", 0, "U_a"),
        ]

    def test_an_element_of_ours_may_take_them_and_is_not_made_for_nothing(self) -> None:
        mapping = mapping_of(
            {"partner": "extra.U_*", "internal": "metadata.parts[0].*"},
            {"partner": "code", "internal": "metadata.parts[0].U_code"},
        )

        assert mapping.inbound({"extra": {"U_a": 1}}).value == {"metadata": {"parts": [{"U_a": 1}]}}
        assert mapping.inbound({"extra": {"U_code": 1}}).value == {}
        assert mapping.inbound.explain({"extra": {"U_code": 1}}).value == {}

    def test_into_built_elements_they_go_where_there_is_one(self) -> None:
        mapping = mapping_of(
            {"partner": "lines[].sku", "internal": "items[].sku_code"},
            {"partner": "lines[0].U_*", "internal": "metadata.*"},
        )

        assert mapping.outbound({"items": [{"sku_code": "a"}, {}], "metadata": {"U_a": 1}}).value == {
            "lines": [{"sku": "a", "U_a": 1}, {}]
        }
        explained = mapping.outbound.explain({"items": [], "metadata": {"U_a": 1}})
        assert explained.value == {"lines": []}
        assert [(entry.target, entry.how) for entry in explained.trace] == [(("lines", 0, "U_a"), "dropped")]

    def test_a_member_with_a_rule_of_its_own_is_not_in_the_rest(self) -> None:
        own = {"partner": "U_ref", "internal": "reference"}

        assert value_of({"U_ref": "r", "U_a": 1}, self.RULE, own) == {
            "reference": "r",
            "metadata": {"U_a": 1},
        }


@pytest.mark.parametrize("number", [5, 5.0, "5"])
def test_text_steps_take_the_digits_of_a_whole_number(number: Any) -> None:
    rule = {
        "partner": "id",
        "internal": "x",
        "type": "string",
        "as": "integer",
        "text": [{"prefix": "A-"}],
    }

    assert value_of({"id": number}, rule) == {"x": "A-5"}


class TestKeyedElement:
    RULE: ClassVar[dict[str, Any]] = {"partner": "refs[type='Barcode'].id", "internal": "upc"}

    def test_the_first_with_the_key_is_read(self) -> None:
        refs = [{"type": "Vendor", "id": 1}, {"type": "Barcode", "id": 2}, {"type": "Barcode", "id": 3}]

        assert value_of({"refs": refs}, self.RULE) == {"upc": 2}
        assert value_of({"refs": refs[:1]}, self.RULE) == {}

    def test_the_key_is_unwrapped(self) -> None:
        refs = [{"type": {"value": "Barcode"}, "id": {"value": 2}}]

        assert value_of({"refs": refs}, self.RULE, wrap="value") == {"upc": 2}

    def test_an_element_with_the_key_is_written(self) -> None:
        other = {"partner": "refs[type='Vendor'].id", "internal": "vendor"}

        assert mapping_of(self.RULE, other, wrap="value").outbound({"upc": 2, "vendor": 1}).value == {
            "refs": [
                {"type": {"value": "Barcode"}, "id": {"value": 2}},
                {"type": {"value": "Vendor"}, "id": {"value": 1}},
            ]
        }

    @pytest.mark.parametrize("key", [5, 5.0, "5", Decimal("5.00")])
    def test_a_number_is_compared_by_its_digits(self, key: Any) -> None:
        rule = {"partner": "refs[type='5'].id", "internal": "upc"}

        assert value_of({"refs": [{"type": True, "id": 1}, {"type": key, "id": 2}]}, rule) == {"upc": 2}

    def test_elements_stand_in_the_order_of_their_keys_whatever_that_of_the_rules(self) -> None:
        rules = (
            {"partner": "refs[type='b'].id", "internal": "b"},
            {"partner": "refs[type='a'].id", "internal": "a"},
            {"partner": "refs[type='b'].of", "internal": "of"},
            {"partner": "refs[type='c'].of", "const": "X"},
            {"partner": "refs[type='a'].at[key='z'].id", "internal": "z"},
            {"partner": "refs[type='a'].at[key='y'].id", "internal": "y"},
        )
        ours = {"a": 1, "b": 2, "of": 3, "y": 4, "z": 5}
        theirs = {
            "refs": [
                {"type": "a", "id": 1, "at": [{"key": "y", "id": 4}, {"key": "z", "id": 5}]},
                {"type": "b", "id": 2, "of": 3},
                {"type": "c", "of": "X"},
            ]
        }

        for ordered in permutations(rules):
            assert mapping_of(*ordered).outbound(ours).value == theirs
        assert mapping_of(*rules).outbound.explain(ours).value == theirs

    @pytest.mark.parametrize(
        ("wrap", "sent"),
        [
            ("value", "Barcode"),
            (["value", ""], "Barcode"),
            (["value", ""], {"value": "Barcode"}),
            (["value.id", "value"], {"value": {"id": "Barcode"}}),
            (["value.id", "value"], {"value": "Barcode"}),
        ],
    )
    def test_the_key_is_in_the_wrapper_that_is_there(self, wrap: Any, sent: Any) -> None:
        refs = [{"type": "Vendor", "id": {"value": 1}}, {"type": sent, "id": {"value": 2}}]

        assert value_of({"refs": refs}, self.RULE, wrap=wrap) == {"upc": 2}

    def test_an_error_names_the_element_by_its_index(self) -> None:
        rule = {**self.RULE, "type": "string"}

        assert errors_of({"refs": [{}, {"type": "Barcode", "id": 5}]}, rule) == [
            ("wrong_type", "refs[1].id", ["upc"])
        ]


class TestTest:
    RULE: ClassVar[dict[str, Any]] = {
        "internal": "is_active",
        "test": [{"Valid": {"in": ["tYES"]}}, {"Frozen": {"in": ["tNO"]}}],
    }

    @pytest.mark.parametrize(
        ("sent", "given"),
        [
            ({"Valid": "tYES", "Frozen": "tNO"}, {"is_active": True}),
            ({"Valid": "tNO", "Frozen": "tNO"}, {"is_active": False}),
            ({"Valid": "tYES"}, {}),
            ({"Valid": "tYES", "Frozen": ""}, {}),
        ],
    )
    def test_true_when_all_hold_and_absent_when_not_sent(self, sent: Any, given: Any) -> None:
        assert value_of(sent, self.RULE, empty=EMPTY) == given

    def test_false_is_an_answer(self) -> None:
        rule = {"internal": "is_active", "test": {"blocked": {"not_in": [True]}}}

        assert value_of({"blocked": False}, rule, empty=[None, ""]) == {"is_active": True}

    def test_inside_a_group_it_asks_the_element(self) -> None:
        group = {
            "partner": "lines[]",
            "internal": "items[]",
            "rules": [{"internal": "open", "test": {"status": {"in": ["O"]}}}],
        }

        assert value_of({"lines": [{"status": "O"}, {"status": "C"}]}, group) == {
            "items": [{"open": True}, {"open": False}]
        }


class TestLookup:
    RULE: ClassVar[dict[str, Any]] = {
        "partner": "item",
        "internal": "sku",
        "lookup": {"resource": "products", "by": "custom_fields.item"},
    }

    def test_the_value_becomes_the_key_of_our_record_and_back(self) -> None:
        mapping = mapping_of(self.RULE)

        assert mapping.inbound({"item": 46}, lookup=Products()).value == {"sku": "SKU-1"}
        assert mapping.outbound({"sku": "SKU-1"}, lookup=Products()).value == {"item": 46}

    def test_none_is_not_found_at_the_place_of_the_value(self) -> None:
        (error,) = mapping_of(self.RULE).inbound({"item": 7}, lookup=Products()).errors

        assert (error.code, error.partner, error.internal) == ("not_found", "item", ("sku",))


class TestGroups:
    LINES: ClassVar[dict[str, Any]] = {
        "partner": "Details[]",
        "internal": "items[]",
        "where": {"Qty": {"not_in": [0]}},
        "rules": [{"partner": "Qty", "internal": "quantity", "type": "integer"}],
    }

    def test_elements_that_do_not_meet_the_conditions_are_left_out(self) -> None:
        assert value_of({"Details": [{"Qty": 1}, {"Qty": "0.000"}, {"Qty": 2}]}, self.LINES) == {
            "items": [{"quantity": 1}, {"quantity": 2}]
        }

    def test_errors_keep_the_source_index(self) -> None:
        assert errors_of({"Details": [{"Qty": 0}, {"Qty": "x"}]}, self.LINES) == [
            ("not_convertible", "Details[1].Qty", ["items[0].quantity"])
        ]

    def test_outbound_every_element_is_written(self) -> None:
        assert mapping_of(self.LINES).outbound({"items": [{"quantity": 0}]}).value == {
            "Details": [{"Qty": 0}]
        }

    def test_nested_rows_become_flat_rows_in_document_order(self) -> None:
        group = {
            "partner": "places[].bins[]",
            "internal": "rows[]",
            "flatten": True,
            "rules": [{"partner": "^.code", "internal": "place"}, {"partner": "n", "internal": "n"}],
        }
        places = [
            {"code": "A", "bins": [{"n": 1}, {"n": 2}]},
            {"code": "B"},
            {"code": "C", "bins": [{"n": 3}]},
        ]

        assert value_of({"places": places}, group) == {
            "rows": [{"place": "A", "n": 1}, {"place": "A", "n": 2}, {"place": "C", "n": 3}]
        }

    def test_flat_rows_name_both_indexes_in_errors(self) -> None:
        group = {
            "partner": "places[].bins[]",
            "internal": "rows[]",
            "flatten": True,
            "rules": [{"partner": "n", "internal": "n", "type": "integer"}],
        }

        assert errors_of({"places": [{"bins": [{"n": 1}]}, {"bins": [{"n": "x"}]}]}, group) == [
            ("not_convertible", "places[1].bins[0].n", ["rows[1].n"])
        ]

    def test_rows_with_the_same_key_become_one_at_the_first_place(self) -> None:
        group = {
            "partner": "Results[]",
            "internal": "rows[]",
            "merge": {"by": ["code"], "sum": ["n"]},
            "rules": [
                {"partner": "w", "internal": "code"},
                {"partner": "n", "internal": "n", "type": "integer", "min": 0},
            ],
        }
        results = [{"w": "A", "n": -1}, {"w": "B", "n": -5}, {"w": "A", "n": 4}]

        assert value_of({"Results": results}, group) == {
            "rows": [{"code": "A", "n": 3}, {"code": "B", "n": 0}]
        }

    def test_a_key_from_the_header_merges_too(self) -> None:
        group = {
            "partner": "Results[]",
            "internal": "rows[]",
            "merge": {"by": ["sku", "code"], "sum": ["n"]},
            "rules": [{"partner": "w", "internal": "code"}, {"partner": "n", "internal": "n"}],
        }
        header = {"partner": "sku", "internal": "rows[=].sku", "direction": "in"}
        results = [{"w": "A", "n": 1}, {"w": "A", "n": 4}]

        assert value_of({"sku": "S", "Results": results}, group, header) == {
            "rows": [{"code": "A", "n": 5, "sku": "S"}]
        }

    def test_outwards_goes_one_object_for_each_step(self) -> None:
        group = {
            "partner": "a.lines[]",
            "internal": "items[]",
            "rules": [
                {"partner": "^.name", "internal": "a_name"},
                {"partner": "^.^.name", "internal": "top_name"},
                {"partner": "^.^.^.name", "internal": "beyond"},
            ],
        }

        assert value_of({"name": "top", "a": {"name": "in a", "lines": [{}]}}, group) == {
            "items": [{"a_name": "in a", "top_name": "top"}]
        }
