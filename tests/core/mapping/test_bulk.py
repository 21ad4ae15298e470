"""Rows of an inventory load that fail by themselves, and rows that become one."""

from decimal import Decimal
from typing import Any, ClassVar

import pytest

from core.mapping.mapping import Bulk, load
from core.mapping.model import Json
from tests.core.mapping.building import errors_of, mapping_of, value_of

MERGE: dict[str, Any] = {"by": ["location_code", "sku_code"], "sum": ["quantity"]}
PLACE: dict[str, Any] = {"partner": "bin", "internal": "location_code"}
ITEM: dict[str, Any] = {
    "partner": "item",
    "internal": "sku_code",
    "lookup": {"resource": "products", "by": "custom_fields.item"},
}
FIGURE: dict[str, Any] = {"partner": "n", "internal": "quantity"}


class Catalog:
    """Products by item, locations by bin."""

    def find(self, resource: str, by: str, value: Json) -> str | None:
        known = {"products": {1: "SKU-1", 2: "SKU-2"}, "locations": {"b": "B"}}
        return known[resource].get(value)  # type: ignore[arg-type]  # an unknown value is found nowhere

    def value_of(self, resource: str, by: str, key: str) -> Json:
        return None


def group(*rules: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"partner": "rows[]", "internal": "inventory[]", "rules": list(rules), **options}


def single(rule: dict[str, Any]) -> dict[str, Any]:
    return {**rule, "internal": f"inventory[0].{rule['internal']}"}


def bulk_of(payload: Any, *rules: dict[str, Any], **options: Any) -> Bulk:
    mapping = mapping_of(*rules, resource="inventory", **options)
    return mapping.read(payload, lookup=Catalog()).bulk()


def failed(bulk: Bulk) -> dict[str, list[str]]:
    """The places of the failed rows, with those of their errors."""
    places = bulk.row_places
    return {places[row].field: [error.field for error in errors] for row, errors in bulk.failed_rows.items()}


class TestFailedLookups:
    def test_a_record_of_which_nothing_else_is_mapped_is_a_row_that_fails(self) -> None:
        sent = {"rows": [{"item": 9}, {"item": 1}, {"item": 9}]}

        bulk = bulk_of(sent, single(ITEM), record="rows[]")

        assert bulk.value == {"inventory": [{}, {"sku_code": "SKU-1"}, {}]}
        assert failed(bulk) == {"rows[0]": ["item"], "rows[2]": ["item"]}
        assert bulk.errors == ()

    def test_the_same_with_merging(self) -> None:
        sent = {"rows": [{"item": 9}, {"item": 1}, {"item": 1}, {"item": 9}]}

        bulk = bulk_of(sent, single(ITEM), record="rows[]", merge={"by": ["sku_code"], "sum": ["quantity"]})

        assert bulk.value == {"inventory": [{}, {"sku_code": "SKU-1"}, {}]}
        assert failed(bulk) == {"rows[0]": ["item"], "rows[3]": ["item"]}

    @pytest.mark.parametrize("by", [["location_code", "sku_code"], ["location_code"]])
    @pytest.mark.parametrize("in_records", [True, False])
    def test_a_row_that_fails_becomes_one_with_no_other(self, by: list[str], in_records: bool) -> None:
        merge = {"by": by, "sum": ["quantity"]}
        rules = (PLACE, ITEM, FIGURE)
        sent = {
            "rows": [
                {"bin": "A", "item": 1, "n": 1},
                {"bin": "A", "item": 1, "n": 2},
                {"bin": "A", "item": 9, "n": 4},
                {"bin": "A", "item": 9, "n": 8},
                {"bin": "A", "item": 1, "n": 16},
            ]
        }

        if in_records:
            bulk = bulk_of(sent, *map(single, rules), record="rows[]", merge=merge)
        else:
            bulk = bulk_of(sent, group(*rules, merge=merge))

        assert bulk.value["inventory"] == [
            {"location_code": "A", "sku_code": "SKU-1", "quantity": 19},
            {"location_code": "A", "quantity": 4},
            {"location_code": "A", "quantity": 8},
        ]
        assert [place.field for place in bulk.row_places] == ["rows[0]", "rows[2]", "rows[3]"]
        assert failed(bulk) in (
            {"rows[2]": ["item"], "rows[3]": ["item"]},
            {"rows[2]": ["rows[2].item"], "rows[3]": ["rows[3].item"]},
        )
        assert bulk.errors == ()

    def test_a_lookup_of_the_header_fails_every_row_that_it_fills(self) -> None:
        header = {**ITEM, "internal": "inventory[=].sku_code", "direction": "in"}
        sent = {"item": 9, "rows": [{"bin": "A", "n": 1}, {"bin": "A", "n": 2}]}

        bulk = bulk_of(sent, header, group(PLACE, FIGURE, merge=MERGE))

        assert failed(bulk) == {"rows[0]": ["item"], "rows[1]": ["item"]}
        assert bulk.errors == ()

    def test_so_does_one_that_every_row_asks(self) -> None:
        sent = {"item": 9, "rows": [{"bin": "A", "n": 1}, {"bin": "A", "n": 2}]}

        bulk = bulk_of(sent, group(PLACE, {**ITEM, "partner": "^.item"}, FIGURE, merge=MERGE))

        assert failed(bulk) == {"rows[0]": ["item"], "rows[1]": ["item"]}

    def test_what_a_failed_lookup_leaves_empty_outside_of_the_rows_refuses_the_load(self) -> None:
        also = {**ITEM, "internal": "notes", "direction": "in"}

        bulk = bulk_of({"item": 9, "n": 1}, single(ITEM), single(FIGURE), also)

        assert [error.code for error in bulk.errors] == ["not_found"]

    def test_a_row_may_fail_for_two_reasons(self) -> None:
        place = {**PLACE, "lookup": {"resource": "locations", "by": "metadata.bin"}}

        bulk = bulk_of({"rows": [{"bin": "x", "item": 9}]}, group(place, ITEM))

        assert failed(bulk) == {"rows[0]": ["rows[0].bin", "rows[0].item"]}

    def test_however_many_rows_fail_the_others_land(self) -> None:
        sent = {"rows": [{"item": 9}] * 300 + [{"item": 1}]}

        bulk = bulk_of(sent, group(ITEM))

        assert bulk.errors == ()
        assert len(bulk.failed_rows) == 300

    def test_rows_of_an_array_are_named_by_it_although_one_is_also_filled_by_its_index(self) -> None:
        note = {"partner": "note", "internal": "inventory[0].note", "direction": "in"}

        bulk = bulk_of({"note": "x", "rows": [{"bin": "A"}, {"bin": "B"}]}, group(PLACE), note)

        assert [place.field for place in bulk.row_places] == ["rows[0]", "rows[1]"]


class TestSums:
    ROWS: ClassVar[tuple[dict[str, Any], ...]] = (PLACE, FIGURE)
    MERGE: ClassVar[dict[str, Any]] = {"by": ["location_code"], "sum": ["quantity"]}

    @pytest.mark.parametrize("figure", ["five", "", True, [1], {"a": 1}])
    def test_what_is_no_number_is_refused_at_its_place(self, figure: Any) -> None:
        sent = {"rows": [{"bin": "A", "n": 1}, {"bin": "B", "n": "x"}, {"bin": "A", "n": figure}]}

        assert errors_of(sent, group(*self.ROWS, merge=self.MERGE)) == [
            ("wrong_type", "rows[2].n", ["inventory[0].quantity"])
        ]

    @pytest.mark.parametrize("figure", ["five", True])
    def test_so_it_is_in_the_rows_of_several_records(self, figure: Any) -> None:
        sent = {"rows": [{"bin": "A", "n": 1}, {"bin": "A", "n": figure}]}

        bulk = bulk_of(sent, *map(single, self.ROWS), record="rows[]", merge=self.MERGE)

        (error,) = bulk.errors
        assert (error.code, error.field, error.pointer, error.record) == (
            "wrong_type",
            "n",
            "/rows/1/n",
            1,
        )

    def test_what_passes_without_a_rule_is_named_too(self) -> None:
        sent = {"rows": [{"bin": "A", "quantity": 1}, {"bin": "A", "quantity": "x"}]}

        assert errors_of(sent, group(PLACE, merge=self.MERGE), unmapped="pass") == [
            ("wrong_type", "rows[1].quantity", ["inventory[0].quantity"])
        ]

    @pytest.mark.parametrize("figures", [[2**62, 2**62], [1e308, 1e308], ["9" * 30, "1"], [-(2**63 - 1), -1]])
    def test_a_sum_out_of_range_is_refused_at_the_first_figure(self, figures: list[Any]) -> None:
        sent = {"rows": [{"bin": "A", "n": figure} for figure in figures]}

        assert errors_of(sent, group(*self.ROWS, merge=self.MERGE)) == [
            ("out_of_range", "rows[0].n", ["inventory[0].quantity"])
        ]

    def test_null_is_no_figure_and_hides_none(self) -> None:
        merge = {"by": ["code"], "sum": ["a.n"]}
        rules = ({"partner": "c", "internal": "code"}, {"partner": "a", "internal": "a"})

        found = value_of({"rows": [{"c": 1, "a": None}, {"c": 1, "a": {"n": 2}}]}, group(*rules, merge=merge))

        assert found == {"inventory": [{"code": 1, "a": {"n": 2}}]}

    def test_a_secret_figure_is_not_shown(self) -> None:
        rules = (PLACE, {**FIGURE, "secret": True})
        sent = {"rows": [{"bin": "A", "n": "4711"}, {"bin": "A", "n": "hush"}]}

        bulk = bulk_of(sent, *map(single, rules), record="rows[]", merge=self.MERGE)

        assert "hush" not in repr(bulk.errors)

    @pytest.mark.parametrize("figures", [[2**62, 2**62], [1e308, 1e308], ["9" * 30, "1"]])
    def test_a_total_out_of_range_is_refused_at_its_array(self, figures: list[Any]) -> None:
        rule = {"partner": "w[].q", "internal": "quantity", "total": "sum"}

        assert errors_of({"w": [{"q": figure} for figure in figures]}, rule) == [
            ("out_of_range", "w", ["quantity"])
        ]


def test_keys_are_compared_as_texts_numbers_by_their_digits() -> None:
    keys = [5, "5", 5.0, Decimal("5.00"), "5.0", True, "true", 5.5, "5.5"]
    rows = group(PLACE, FIGURE, merge={"by": ["location_code"], "sum": ["quantity"]})

    found = value_of({"rows": [{"bin": key, "n": 1} for key in keys]}, rows)

    assert [(row["location_code"], row["quantity"]) for row in found["inventory"]] == [
        (5, 4),
        ("5.0", 1),
        (True, 1),
        ("true", 1),
        (5.5, 2),
    ]


@pytest.mark.parametrize("draft", [True, False])
def test_where_a_default_filled_a_row_is_noted_unless_the_row_may_have_been_merged(draft: bool) -> None:
    rules: list[Any] = [PLACE, {**FIGURE, "default": 1}]
    one, several = group(*rules), group(*rules, merge={"by": ["location_code"], "sum": ["quantity"]})
    every = {"partner": "d", "internal": "inventory[=].date", "default": "x", "direction": "in"}
    sent = {"rows": [{"bin": "A", "n": 2}, {"bin": "A"}]}

    def noted(*parts: dict[str, Any]) -> Any:
        document = {"format": "datamingle.mapping/1", "resource": "inventory", "rules": list(parts)}
        return load(document, draft=draft).inbound(sent).defaulted

    assert noted(one, every) == {("inventory", 1, "quantity")}
    assert noted(several, every) == frozenset()


def test_errors_name_merged_rows_as_they_are_now() -> None:
    rules = group(PLACE, FIGURE, {"partner": "d", "internal": "date", "type": "date"}, merge=MERGE)
    by_place = {**rules, "merge": {"by": ["location_code"], "sum": ["quantity"]}}
    sent = {"rows": [{"bin": "A"}, {"bin": "A"}, {"bin": "B", "d": "x"}]}

    assert errors_of(sent, by_place) == [("not_convertible", "rows[2].d", ["inventory[1].date"])]


def test_rows_merge_inside_rows_that_merge() -> None:
    lots = {
        "partner": "lots[]",
        "internal": "lots[]",
        "merge": {"by": ["code"], "sum": ["n"]},
        "rules": [{"partner": "c", "internal": "code"}, {"partner": "n", "internal": "n", "type": "integer"}],
    }
    outer = group(PLACE, lots, merge={"by": ["location_code"], "sum": ["quantity"]})
    sent = {
        "rows": [
            {"bin": "A", "lots": []},
            {"bin": "A", "lots": []},
            {"bin": "B", "lots": [{"c": 1, "n": 1}, {"c": 1, "n": 2}, {"c": 2, "n": "x"}]},
        ]
    }

    assert errors_of(sent, outer) == [("not_convertible", "rows[2].lots[2].n", ["inventory[1].lots[1].n"])]
