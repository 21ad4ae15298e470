"""Where each value came from, and the translation of places between the sides."""

from typing import Any

import pytest

from core.mapping import FieldMapping
from core.mapping.model import ABSENT
from tests.core.mapping.building import mapping_of

LINES: dict[str, Any] = {
    "partner": "Lines[]",
    "internal": "items[]",
    "where": {"Qty": {"not_in": [0]}},
    "rules": [
        {"partner": "Sku", "internal": "sku_code", "type": "string"},
        {"partner": "Qty", "internal": "quantity", "type": "integer", "id": "qty"},
    ],
}


def traced(mapping: FieldMapping, document: Any) -> set[tuple[Any, ...]]:
    entries = mapping.inbound.explain(document).trace
    return {
        (entry.target, entry.rule, entry.source.text if entry.source else None, entry.how)
        for entry in entries
    }


class TestTrace:
    def test_every_value_names_its_rule_its_source_and_how(self) -> None:
        mapping = mapping_of(
            LINES,
            {"partner": "Cur", "internal": "currency", "default": "EUR"},
            {"internal": "source", "const": "erp"},
            {"partner": "Lines[=].Ref", "internal": "reference"},
            {"partner": "Place", "internal": "items[=].place"},
            wrap="value",
            unmapped="pass",
        )
        lines = [
            {"Sku": {"value": "a"}, "Qty": {"value": 0}},
            {"Sku": {"value": "b"}, "Qty": {"value": "2"}, "Ref": {"value": "R"}},
        ]
        lines[0]["Ref"] = {"value": "R"}

        assert traced(mapping, {"Lines": lines, "Place": {"value": "P"}, "other": 1}) == {
            (("currency",), "r2", None, "default"),
            (("source",), "r3", None, "const"),
            (("reference",), "r4", "Lines[0].Ref.value", "copied"),
            (("items", 0, "sku_code"), "r1.1", "Lines[1].Sku.value", "copied"),
            (("items", 0, "quantity"), "qty", "Lines[1].Qty.value", "converted"),
            (("items", 0, "place"), "r5", "Place.value", "copied"),
            (("other",), None, "other", "passed"),
        }

    def test_what_came_to_nothing_is_listed(self) -> None:
        mapping = mapping_of(LINES, unmapped="pass")

        explained = mapping.inbound.explain({"Lines": [{"Qty": 0}, {"Qty": 1, "quantity": 9}], "items": 3})

        assert [place.text for place in explained.removed] == ["Lines[0]"]
        assert {place.text for place in explained.blocked} == {"items", "Lines[1].quantity"}
        assert explained.unused == (("items",), ("Lines", 0, "quantity"), ("Lines", 1, "quantity"))[::2]

    def test_what_is_dropped_is_unused(self) -> None:
        assert mapping_of(LINES).inbound.explain({"x": 1}).unused == (("x",),)

    def test_secrets_are_masked(self) -> None:
        mapping = mapping_of({"partner": "card", "internal": "notes", "secret": True})

        (entry,) = mapping.inbound.explain({"card": "4111"}).trace

        assert (entry.raw, entry.value) == (ABSENT, "•••")

    def test_merged_rows_are_followed(self) -> None:
        group = {
            "partner": "R[]",
            "internal": "rows[]",
            "merge": {"by": ["k"], "sum": ["n"]},
            "rules": [{"partner": "k", "internal": "k"}, {"partner": "n", "internal": "n"}],
        }
        rows = [{"k": 1, "n": 1}, {"k": 1, "n": 1}, {"k": 2, "n": 1}]

        explained = mapping_of(group).inbound.explain({"R": rows})

        assert {(entry.target, entry.source.text) for entry in explained.trace if entry.source} == {
            (("rows", 0, "k"), "R[0].k"),
            (("rows", 0, "n"), "R[0].n"),
            (("rows", 0, "k"), "R[1].k"),
            (("rows", 0, "n"), "R[1].n"),
            (("rows", 1, "k"), "R[2].k"),
            (("rows", 1, "n"), "R[2].n"),
        }


class TestTranslatingPlaces:
    @pytest.mark.parametrize(
        ("place", "how", "paths"),
        [
            ("quantity", "exact", ("Stock",)),
            ("metadata.codes[2]", "below", ("Lines",)),
            ("is_active", "exact", ("Valid",)),
            ("name", "exact", ("first",)),
            ("upc", "exact", ("refs[type='Barcode'].id",)),
            ("metadata.U_x", "exact", ("U_x",)),
            ("metadata", "above", ("Lines",)),
            ("items[3].lots[1]", "above", ("Lines[3].Lots[1]",)),
            ("items[3].lots[1].code", "exact", ("Lines[3].Lots[1].Code",)),
            ("items[3].sku", "exact", ("Lines[3].Sku",)),
            ("items[3].header", "exact", ("Header",)),
        ],
    )
    def test_to_the_partner(self, place: str, how: str, paths: tuple[str, ...]) -> None:
        mapping = mapping_of(
            {"partner": "W[].Q", "internal": "total", "total": "sum"},
            {"partner": "Stock", "internal": "quantity"},
            {"partner": "Lines[].Code", "internal": "metadata.codes", "gather": True},
            {"internal": "is_active", "test": [{"Valid": {"in": [1]}}, {"Frozen": {"in": [0]}}]},
            {"partner": ["first", "last"], "join": " ", "internal": "name"},
            {"partner": "refs[type='Barcode'].id", "internal": "upc"},
            {"partner": "U_*", "internal": "metadata.*"},
            {
                "partner": "Lines[]",
                "internal": "items[]",
                "rules": [
                    {"partner": "Sku", "internal": "sku"},
                    {"partner": "^.Header", "internal": "header"},
                    {"partner": "Lots[].Code", "internal": "lots[].code"},
                ],
            },
        )

        answer = mapping.to_partner(place)

        assert (answer.how, answer.paths) == (how, paths)

    @pytest.mark.parametrize(
        ("place", "how", "paths"),
        [
            ("Lines[1].Qty.value", "exact", ("items[1].quantity",)),
            ("Lines[1].Qty", "exact", ("items[1].quantity",)),
            ("Lines[1]", "above", ("items[1]",)),
            ("Lines", "above", ("items",)),
            ("Ref.value", "exact", ("reference",)),
            ("Addr.value.zip", "below", ("shipping.zip",)),
            ("Type", "fixed", ()),
            ("Lines[1].new", "passed", ("items[1].new",)),
            ("items", "none", ()),
        ],
    )
    def test_to_ours(self, place: str, how: str, paths: tuple[str, ...]) -> None:
        mapping = mapping_of(
            {**LINES, "where": {"x": {"present": True}}},
            {"partner": ["Po", "Ref"], "internal": "reference"},
            {"partner": "Addr", "internal": "shipping"},
            {"partner": "Type", "const": "SO"},
            wrap="value",
            unmapped="pass",
        )

        answer = mapping.to_internal(place)

        assert (answer.how, answer.paths) == (how, paths)

    def test_with_the_document_the_place_is_exact(self) -> None:
        mapping = mapping_of(LINES, {"partner": ["Po", "Ref"], "internal": "reference"})
        document = {"Ref": 1, "Lines": [{"Qty": 0}, {"Qty": 1}]}

        assert mapping.to_partner("reference").paths == ("Po",)
        assert mapping.to_partner("reference", doc=document).paths == ("Ref",)
        assert mapping.to_partner("items[0].quantity", doc=document).paths == ("Lines[1].Qty",)
