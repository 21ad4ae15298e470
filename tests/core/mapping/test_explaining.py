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

REST = mapping_of(
    {"partner": "U_*", "internal": "metadata.*"},
    {"partner": "more", "internal": "metadata.*", "pairs": ["name", "value"]},
    {"partner": "U_taken", "internal": "notes"},
    {"partner": "x", "internal": "metadata.U_named"},
    {"internal": "metadata.source", "const": "erp"},
    wrap="v",
)


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

    def test_of_a_merged_row_only_what_stands_there_is_told(self) -> None:
        group = {
            "partner": "R[]",
            "internal": "rows[]",
            "merge": {"by": ["k"], "sum": ["n"]},
            "rules": [
                *({"partner": name, "internal": name} for name in ("k", "n", "other")),
                {"partner": "lots[].c", "internal": "lots[].c"},
            ],
        }
        rows = [
            {"k": 1, "n": 1, "lots": [{"c": "a"}]},
            {"k": 2, "n": 5},
            {"k": 1, "n": 2, "other": "x", "lots": [{"c": "b"}]},
        ]

        explained = mapping_of(group).inbound.explain({"R": rows})

        told = [(entry.target, entry.source.text, entry.value) for entry in explained.trace if entry.source]
        assert sorted(told) == [
            (("rows", 0, "k"), "R[0].k", 1),
            (("rows", 0, "k"), "R[2].k", 1),
            (("rows", 0, "lots", 0, "c"), "R[0].lots[0].c", "a"),
            (("rows", 0, "n"), "R[0].n", 3),
            (("rows", 0, "n"), "R[2].n", 3),
            (("rows", 1, "k"), "R[1].k", 2),
            (("rows", 1, "n"), "R[1].n", 5),
        ]
        assert [link.source.text for link in explained.links if link.target[2:]] == [
            "R[0].lots",
            "R[0].lots[0]",
        ]

    def test_what_found_no_row_is_dropped_whatever_is_merged(self) -> None:
        mapping = mapping_of(
            {
                "partner": "R[]",
                "internal": "rows[]",
                "merge": {"by": ["k"], "sum": ["n"]},
                "rules": [{"partner": "k", "internal": "k"}],
            },
            {"partner": "third", "internal": "rows[2].x", "direction": "in"},
            {"partner": "all", "internal": "rows[=].y", "direction": "in"},
        )

        assert traced(mapping, {"R": [{"k": 1}, {"k": 1}], "third": 5, "all": 6}) == {
            (("rows", 0, "k"), "r1.1", "R[0].k", "copied"),
            (("rows", 0, "k"), "r1.1", "R[1].k", "copied"),
            (("rows", 2, "x"), "r2", "third", "dropped"),
            (("rows", 0, "y"), "r3", "all", "copied"),
        }

    def test_of_a_default_for_the_rest_of_an_object_only_what_is_written_is_told(self) -> None:
        mapping = mapping_of(
            {
                "partner": "more",
                "internal": "metadata.*",
                "pairs": ["name", "value"],
                "default": {"a": 1, "b": 2},
            },
            {"partner": "b", "internal": "metadata.b"},
        )

        assert traced(mapping, {"b": 3}) == {
            (("metadata", "a"), "r1", None, "default"),
            (("metadata", "b"), "r2", "b", "copied"),
        }

    def test_what_was_sent_empty_tells_what_it_clears(self) -> None:
        mapping = mapping_of(
            {"partner": ["memo", "text"], "internal": "notes", "default": "-"}, empty=[""], wrap=["v", ""]
        )

        explained = mapping.inbound.explain({"text": {"v": ""}}, partial=True)

        assert explained.value == {"notes": None}
        (entry,) = explained.trace
        assert (entry.how, entry.source and entry.source.text, entry.value) == ("converted", "text.v", None)

    @pytest.mark.parametrize("ours", ["metadata.*", "metadata"])
    def test_each_pair_is_the_source_of_its_member(self, ours: str) -> None:
        mapping = mapping_of({"partner": "more", "internal": ours, "pairs": ["name", "value"]}, wrap="v")
        pairs = [
            {"name": {"v": name}, "value": {"v": value}} for name, value in (("a", 1), ("b", 2), ("a", 3))
        ]

        assert traced(mapping, {"more": pairs}) == {
            (("metadata", "a"), "r1", "more[0].value.v", "copied"),
            (("metadata", "b"), "r1", "more[1].value.v", "copied"),
        }

    def test_each_member_is_the_source_of_its_pair(self) -> None:
        mapping = mapping_of({"partner": "more", "internal": "metadata.*", "pairs": ["name", "value"]})

        entries = mapping.outbound.explain({"metadata": {"a": 1, "b": 2}}).trace

        assert [(entry.target, entry.source and entry.source.text, entry.value) for entry in entries] == [
            (("more", 0), "metadata.a", {"name": "a", "value": 1}),
            (("more", 1), "metadata.b", {"name": "b", "value": 2}),
        ]


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

    @pytest.mark.parametrize(
        ("place", "how", "paths"),
        [
            ("metadata.U_x", "exact", ("U_x.v",)),
            ("metadata.U_x.deep", "below", ("U_x.v.deep",)),
            ("metadata.U_named", "exact", ("x.v",)),
            ("metadata.U_taken", "exact", ("more",)),
            ("metadata.other", "exact", ("more",)),
            ("metadata.other.deep", "below", ("more",)),
            ("metadata.source", "fixed", ()),
            ("notes", "exact", ("U_taken.v",)),
        ],
    )
    def test_names_that_begin_so_are_those_that_no_other_rule_takes(
        self, place: str, how: str, paths: tuple[str, ...]
    ) -> None:
        answer = REST.to_partner(place)

        assert (answer.how, answer.paths) == (how, paths)

    @pytest.mark.parametrize(
        ("place", "how", "paths"),
        [
            ("U_x", "exact", ("metadata.U_x",)),
            ("U_x.v", "exact", ("metadata.U_x",)),
            ("U_taken", "exact", ("notes",)),
            ("U_named", "none", ()),
            ("more", "exact", ("metadata",)),
            ("more[2].value", "below", ("metadata",)),
        ],
    )
    def test_and_back(self, place: str, how: str, paths: tuple[str, ...]) -> None:
        answer = REST.to_internal(place)

        assert (answer.how, answer.paths) == (how, paths)

    def test_what_only_begins_at_the_top_stands_in_the_whole_document(self) -> None:
        answer = mapping_of({"partner": "U_*", "internal": "metadata.*"}).to_partner("metadata")

        assert (answer.how, answer.paths) == ("above", ("",))

    def test_a_pair_is_found_with_the_document(self) -> None:
        pairs = [{"name": "a", "value": 1}, {"name": "gift", "value": {"wrap": True}}]
        document = {"more": [{"name": {"v": one["name"]}, "value": {"v": one["value"]}} for one in pairs]}

        found = {
            place: REST.to_partner(place, doc=document).paths
            for place in ("metadata.gift", "metadata.gift.wrap", "metadata.other", "metadata")
        }

        assert found == {
            "metadata.gift": ("more[1].value.v",),
            "metadata.gift.wrap": ("more[1].value.v.wrap",),
            "metadata.other": ("more",),
            "metadata": ("x", "more"),
        }

    def test_an_element_of_what_was_gathered_stands_in_the_array(self) -> None:
        mapping = mapping_of({"partner": "L[].c", "internal": "metadata.codes", "gather": True})

        answer = mapping.to_partner("metadata.codes[1]", doc={"L": [{}, {"c": 1}, {"c": 2}]})

        assert (answer.how, answer.paths) == ("below", ("L",))

    @pytest.mark.parametrize(("asked", "paths"), [("Valid", ("is_active",)), ("Frozen", ("is_active",))])
    def test_what_a_test_asks_leads_to_its_answer(self, asked: str, paths: tuple[str, ...]) -> None:
        test = [{"Valid": {"in": [1]}}, {"Frozen": {"in": [0]}}]
        mapping = mapping_of({"internal": "is_active", "test": test}, wrap="v")

        assert mapping.to_internal(asked).paths == mapping.to_internal(f"{asked}.v").paths == paths

    def test_what_is_read_and_asked_leads_where_it_is_read(self) -> None:
        test = {"internal": "is_active", "test": {"Status": {"in": [1]}}}

        assert mapping_of(test, {"partner": "Status", "internal": "name"}).to_internal("Status").paths == (
            "name",
        )

    def test_an_object_of_which_rules_take_some_members_passes_with_the_others(self) -> None:
        mapping = mapping_of(
            {"partner": "m", "internal": "o.m"},
            {"partner": "h.z", "internal": "k"},
            {"internal": "metadata.source", "const": "erp"},
            {"partner": "Lines[].a.s", "internal": "items[].b"},
            unmapped="pass",
        )
        to_internal = ("o.x", "o.m", "o", "h.q", "k", "k.j", "metadata.x", "Lines[1].b", "Lines[1].a.t")
        to_partner = (
            "o.x",
            "o.m",
            "o",
            "h.q",
            "h.z",
            "metadata.x",
            "metadata",
            "items[1].a.t",
            "items[1].a.s",
        )

        assert {place: mapping.to_internal(place).paths for place in to_internal} == {
            "o.x": ("o.x",),
            "o.m": (),
            "o": ("o",),
            "h.q": ("h.q",),
            "k": (),
            "k.j": (),
            "metadata.x": ("metadata.x",),
            "Lines[1].b": (),
            "Lines[1].a.t": ("items[1].a.t",),
        }
        assert {place: mapping.to_partner(place).paths for place in to_partner} == {
            "o.x": ("o.x",),
            "o.m": ("m",),
            "o": ("m",),
            "h.q": ("h.q",),
            "h.z": (),
            "metadata.x": ("metadata.x",),
            "metadata": ("metadata",),
            "items[1].a.t": ("Lines[1].a.t",),
            "items[1].a.s": (),
        }

    def test_what_a_condition_asks_does_not_pass(self) -> None:
        mapping = mapping_of(accept={"state": {"present": True}}, unmapped="pass")

        assert mapping.to_internal("state.deep").how == mapping.to_internal("state").how == "none"

    def test_what_passes_in_one_direction_has_its_place(self) -> None:
        mapping = mapping_of(unmapped={"in": "pass", "out": "drop"})

        assert mapping.to_internal("due_date").paths == mapping.to_partner("due_date").paths == ("due_date",)


def test_members_that_a_change_clears_are_traced_to_their_empty_values() -> None:
    rule = {"partner": "notes", "internal": "metadata.*", "pairs": ["k", "v"]}
    mapping = mapping_of(rule, empty=[""])
    document = {"notes": [{"k": "a", "v": ""}, {"k": "b", "v": 1}]}

    explained = mapping.inbound.explain(document, partial=True)

    assert explained.value == {"metadata": {"a": None, "b": 1}}
    assert {entry.target: entry.source.text for entry in explained.trace if entry.source} == {
        ("metadata", "a"): "notes[0].v",
        ("metadata", "b"): "notes[1].v",
    }
