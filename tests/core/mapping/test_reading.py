"""Finding the records of a payload, and naming what is wrong with them."""

from typing import Any, ClassVar

import pytest

from core.mapping.model import Json
from core.mapping.origins import PartnerPlace
from tests.core.mapping.building import mapping_of

NUMBER: dict[str, Any] = {"partner": "nr", "internal": "order_number", "type": "string", "required": True}


def values(payload: Any, *rules: dict[str, Any], **options: Any) -> list[Any]:
    return [record.value for record in mapping_of(*rules, **options).read(payload).records]


class TestFindingRecords:
    @pytest.mark.parametrize(
        ("payload", "several"),
        [
            ({"nr": "1"}, False),
            ({"order": {"nr": "1"}}, False),
            ({"orders": [{"nr": "1"}]}, True),
            ([{"nr": "1"}], True),
            ([{"order": {"nr": "1"}}], True),
            ({"order": None, "nr": "1"}, False),
            ({"order": "x", "nr": "1"}, False),
            ({"orders": [5], "nr": "1"}, False),
        ],
    )
    def test_the_first_alternative_that_is_there_in_that_shape(self, payload: Any, several: bool) -> None:
        reading = mapping_of(NUMBER, record=["order", "orders[]"]).read(payload)

        assert [record.value for record in reading.records] == [{"order_number": "1"}]
        assert reading.several is several
        assert reading.found

    def test_records_stand_in_arrays_of_arrays(self) -> None:
        payload = {
            "products": [
                {"variants": [{"nr": "1"}, {"nr": "2"}]},
                {"variants": []},
                {"variants": [{"nr": "3"}]},
            ]
        }

        found = values(payload, NUMBER, record="products[].variants[]")

        assert found == [{"order_number": "1"}, {"order_number": "2"}, {"order_number": "3"}]

    @pytest.mark.parametrize("payload", [[], {"orders": []}])
    def test_an_empty_array_has_no_records(self, payload: Any) -> None:
        reading = mapping_of(NUMBER, record="orders[]").read(payload)

        assert (reading.found, reading.records) == (False, ())

    def test_records_that_do_not_meet_the_conditions_are_left_out_and_keep_their_numbers(self) -> None:
        mapping = mapping_of(NUMBER, record="orders[]", where={"sku": {"present": True}}, empty=[None, ""])

        reading = mapping.read({"orders": [{"nr": "1", "sku": ""}, {"nr": "2", "sku": "a"}]})

        assert [(record.number, record.value) for record in reading.records] == [(1, {"order_number": "2"})]
        assert reading.found

    def test_none_left_is_no_absence(self) -> None:
        reading = mapping_of(NUMBER, record="orders[]", where={"sku": {"present": True}}).read(
            {"orders": [{}]}
        )

        assert (reading.found, reading.records) == (True, ())

    def test_a_record_that_is_no_object_is_an_error(self) -> None:
        reading = mapping_of(NUMBER, record="orders[]").read({"orders": [{"nr": "1"}, 5]})

        (error,) = reading.records[1].errors
        assert (error.code, error.field, error.pointer, error.record) == ("wrong_shape", "", "/orders/1", 1)

    def test_outwards_of_the_record_is_what_holds_it(self) -> None:
        title = {"partner": "^.title", "internal": "customer_name"}
        active = {"internal": "notes", "test": {"^.status": {"in": ["active"]}}}
        payload = {
            "product": {"title": "Tea", "status": "active", "variants": [{"nr": "1"}]},
            "title": "outside",
        }

        found = values(payload, NUMBER, title, active, record="product.variants[]")

        assert found == [{"order_number": "1", "customer_name": "Tea", "notes": True}]

    def test_two_objects_up_and_further_than_there_is(self) -> None:
        rules = [
            {"partner": "^.^.itemId", "internal": "customer_name"},
            {"partner": "^.^.^.itemId", "internal": "notes"},
        ]
        payload = {"itemId": "X", "locations": {"itemId": "no", "items": [{}]}}

        assert values(payload, *rules, record="locations.items[]") == [{"customer_name": "X"}]


class TestIgnored:
    def test_what_stands_around_the_records_is_named_too(self) -> None:
        mapping = mapping_of(
            NUMBER, {"partner": "^.title", "internal": "notes"}, record=["data.orders[]", "orders[]"]
        )

        reading = mapping.read(
            {"@context": "x", "data": {"title": "t", "count": 2, "orders": [{"nr": "1", "y": 0}]}}
        )

        assert reading.ignored == (("@context",), ("data", "count"))
        assert [tuple(record.ignored) for record in reading.records] == [(("y",),)]

    def test_a_payload_that_is_the_record_has_nothing_around_it(self) -> None:
        assert mapping_of(NUMBER, record="order").read({"nr": "1", "x": 2}).ignored == ()


class TestErrorPlaces:
    LINES: ClassVar[dict[str, Any]] = {
        "partner": "lines[]",
        "internal": "items[]",
        "where": {"qty": {"not_in": [0]}},
        "rules": [
            {"partner": "sku", "internal": "sku_code", "type": "string"},
            {"partner": "qty", "internal": "quantity", "type": "integer"},
        ],
    }

    def test_the_field_counts_from_the_record_and_the_pointer_from_the_top(self) -> None:
        mapping = mapping_of(NUMBER, self.LINES, record="orders[]", wrap="value")
        lines = [{"qty": {"value": 0}}, {"qty": {"value": "x"}}]

        reading = mapping.read({"orders": [{"nr": {"value": "1"}}, {"nr": {"value": "2"}, "lines": lines}]})

        (error,) = reading.records[1].errors
        assert error.field == "lines[1].qty"
        assert error.pointer == "/orders/1/lines/1/qty/value"
        assert error.record == 1

    def test_a_single_record_has_no_number(self) -> None:
        (error,) = mapping_of(NUMBER, record="order").read({"order": {}}).records[0].errors

        assert (error.field, error.pointer, error.record) == ("nr", "/order/nr", None)

    def test_what_validation_finds_is_named_by_the_source_index(self) -> None:
        reading = mapping_of(self.LINES, record="order").read(
            {"order": {"lines": [{"qty": 0}, {"sku": "a", "qty": 2}]}}
        )

        place = reading.records[0].place_of(("items", 0, "quantity"))
        assert (place.field, place.pointer) == ("lines[1].qty", "/order/lines/1/qty")

    def test_so_is_what_was_not_sent_at_all(self) -> None:
        (record,) = mapping_of(self.LINES).read({"lines": [{"qty": 0}, {"qty": 2}]}).records

        assert record.place_of(("items", 0, "sku_code")).field == "lines[1].sku"
        assert record.place_of(("items", 0)).field == "lines[1]"
        assert record.place_of(("items",)).field == "lines"

    def test_of_alternatives_the_one_that_was_sent_is_named(self) -> None:
        rule = {"partner": ["po", "ref"], "internal": "notes", "direction": "in"}
        record = mapping_of(rule).read({"ref": 5}).records[0]

        assert record.place_of(("notes",)).field == "ref"
        assert record.place_of(("notes", "deeper")).field == "ref.deeper"

    @pytest.mark.parametrize(
        ("sent", "field"),
        [({"ship": {"city": "Turku"}}, "ship"), ({"bill": {"city": "Turku"}}, "bill"), ({}, "ship")],
    )
    def test_so_it_is_above_them(self, sent: Any, field: str) -> None:
        rule = {"partner": ["ship.city", "bill.city"], "internal": "shipping.city", "type": "string"}
        lines = {"partner": "lines[]", "internal": "items[]", "rules": [rule]}
        mapping = mapping_of(rule, lines, wrap=["value", ""])

        record = mapping.read({**sent, "lines": [{}, sent]}).records[0]

        assert record.place_of(("shipping",)).pointer == f"/{field}/city"
        assert record.place_of(("items", 1, "shipping")).field == f"lines[1].{field}.city"

    def test_above_several_alternatives_it_is_what_the_sent_ones_share(self) -> None:
        rules = [
            {"partner": [f"ship.{name}", f"bill.{name}"], "internal": f"shipping.{name}"}
            for name in ("city", "zip")
        ]
        record = (
            mapping_of(*rules, wrap="value")
            .read({"bill": {"city": {"value": 1}, "zip": {"value": 2}}})
            .records[0]
        )

        assert record.place_of(("shipping",)).field == "bill"

    def test_what_no_rule_names_passes_under_its_name(self) -> None:
        record = mapping_of(NUMBER, unmapped="pass").read({"due_date": 5}).records[0]

        assert record.place_of(("due_date",)).field == "due_date"

    def test_where_the_partner_has_no_place_there_is_none(self) -> None:
        record = mapping_of(NUMBER, {"internal": "notes", "const": "erp"}).read({}).records[0]

        assert record.place_of(("items",)) is None
        assert record.place_of(("notes",)) is None

    def test_the_whole_record_is_where_it_was_sent(self) -> None:
        record = mapping_of(NUMBER, record="orders[]").read({"orders": [{}]}).records[0]

        assert record.place_of(()) == PartnerPlace("", "/orders/0")

    def test_outside_of_the_record_places_count_from_the_payload(self) -> None:
        rule = {"partner": "^.title", "internal": "customer_name", "type": "string"}
        mapping = mapping_of(rule, record="product.variants[]")

        (error,) = mapping.read({"product": {"title": 5, "variants": [{}]}}).records[0].errors

        assert (error.field, error.pointer) == ("product.title", "/product/title")

    def test_so_do_places_of_what_was_not_sent(self) -> None:
        rule = {"internal": "is_active", "test": {"^.status": {"in": ["active"]}}}
        (record,) = (
            mapping_of(rule, record="product.variants[]").read({"product": {"variants": [{}]}}).records
        )

        place = record.place_of(("is_active",))

        assert (place.field, place.pointer) == ("product.status", "/product/status")

    @pytest.mark.parametrize("sent", [{}, {"title": "x"}, {"title": "x", "vendor": "y"}])
    def test_so_does_what_several_of_them_share(self, sent: dict[str, Any]) -> None:
        rules = [
            {"partner": f"^.{name}", "internal": f"metadata.{name}", "direction": "in"}
            for name in ("title", "vendor")
        ]
        mapping = mapping_of(*rules, record="product.variants[]")

        record = mapping.read({"product": {**sent, "variants": [{}]}}).records[0]

        assert record.place_of(("metadata",)) == PartnerPlace("product", "/product")

    def test_what_stands_in_the_record_shares_nothing_with_what_stands_outside(self) -> None:
        rules = [
            {"partner": f"{outwards}info.{name}", "internal": f"metadata.{name}", "direction": "in"}
            for outwards, name in (("", "size"), ("^.", "title"))
        ]
        mapping = mapping_of(*rules, record="product.variants[]")

        record = mapping.read({"product": {"variants": [{}]}}).records[0]

        assert record.place_of(("metadata",)) == PartnerPlace("info.size", "/product/variants/0/info/size")


class TestAccept:
    OPEN: ClassVar[dict[str, Any]] = {
        "accept": [{"cancelled_at": {"present": False}}, {"Status": {"not_in": ["Canceled"]}}],
        "empty": [None, ""],
    }

    def test_a_record_that_does_not_meet_the_conditions_is_refused_at_the_place_asked(self) -> None:
        reading = mapping_of(NUMBER, **self.OPEN, record="order").read(
            {"order": {"nr": "1", "cancelled_at": "2026"}}
        )

        (error,) = reading.records[0].errors
        assert (error.code, error.field, error.pointer) == (
            "not_accepted",
            "cancelled_at",
            "/order/cancelled_at",
        )
        assert reading.records[0].value == {"order_number": "1"}

    def test_what_else_is_wrong_is_listed_beside_it(self) -> None:
        (record,) = mapping_of(NUMBER, **self.OPEN).read({"Status": "Canceled"}).records

        assert [(error.code, error.field) for error in record.errors] == [
            ("missing", "nr"),
            ("not_accepted", "Status"),
        ]

    def test_the_value_is_unwrapped(self) -> None:
        mapping = mapping_of(NUMBER, **self.OPEN, wrap="value")

        (record,) = mapping.read({"nr": {"value": "1"}, "Status": {"value": "Canceled"}}).records

        assert [(error.field, error.pointer) for error in record.errors] == [("Status", "/Status/value")]

    def test_in_a_partial_update_a_condition_whose_place_is_absent_is_off(self) -> None:
        mapping = mapping_of(NUMBER, accept={"state": {"in": ["sale"]}})

        assert [error.code for error in mapping.read({"nr": "1"}).records[0].errors] == ["not_accepted"]
        assert mapping.read({"nr": "1"}, partial=True).records[0].errors == ()


class TestWhereInAPartialUpdate:
    OPTIONS: ClassVar[dict[str, Any]] = {
        "record": ["variants[]"],
        "where": [{"nr": {"present": True}}, {"tracked": {"not_in": [False]}}],
        "empty": [None, ""],
    }

    @pytest.mark.parametrize("sent", [{"memo": "x"}, {"memo": "x", "tracked": True}, {"nr": "1"}])
    def test_a_condition_whose_place_is_absent_is_off(self, sent: dict[str, Any]) -> None:
        mapping = mapping_of(NUMBER, {"partner": "memo", "internal": "notes"}, **self.OPTIONS)

        assert len(mapping.read(sent, partial=True).records) == 1

    @pytest.mark.parametrize("sent", [{"nr": None}, {"nr": ""}, {"memo": "x", "tracked": False}])
    def test_one_whose_place_was_sent_counts(self, sent: dict[str, Any]) -> None:
        mapping = mapping_of(NUMBER, {"partner": "memo", "internal": "notes"}, **self.OPTIONS)

        assert mapping.read(sent, partial=True).records == ()

    def test_a_new_record_has_to_meet_all(self) -> None:
        assert mapping_of(NUMBER, **self.OPTIONS).read({"memo": "x"}).records == ()


class Products:
    """Products by inventory item."""

    def find(self, resource: str, by: str, value: Json) -> str | None:
        return {"1": "SKU-1", "2": "SKU-2"}.get(str(value))

    def value_of(self, resource: str, by: str, key: str) -> Json:
        return {"SKU-1": 1, "SKU-2": 2}.get(key)


class TestInventory:
    RECORDS: ClassVar[dict[str, Any]] = {
        "resource": "inventory",
        "record": ["levels[]", "level"],
        "where": {"available": {"present": True}},
        "merge": {"by": ["location_code", "sku_code"], "sum": ["quantity"]},
        "empty": [None],
    }
    RULES: ClassVar[tuple[dict[str, Any], ...]] = (
        {"partner": "location", "internal": "inventory[0].location_code"},
        {
            "partner": "item",
            "internal": "inventory[0].sku_code",
            "lookup": {"resource": "products", "by": "custom_fields.item"},
        },
        {"partner": "available", "internal": "inventory[0].quantity", "type": "integer", "min": 0},
        {"internal": "source", "const": "erp_sync"},
    )

    def test_records_are_rows_of_one_load(self) -> None:
        payload = {
            "levels": [
                {"location": "A", "item": 1, "available": 5},
                {"location": "A", "item": 2, "available": None},
                {"location": "B", "item": 1, "available": -3},
                {"location": "A", "item": 1, "available": -1},
            ]
        }

        bulk = mapping_of(*self.RULES, **self.RECORDS).read(payload, lookup=Products()).bulk()

        assert bulk.value == {
            "source": "erp_sync",
            "inventory": [
                {"location_code": "A", "sku_code": "SKU-1", "quantity": 4},
                {"location_code": "B", "sku_code": "SKU-1", "quantity": 0},
            ],
        }
        assert [place.field for place in bulk.row_places] == ["levels[0]", "levels[2]"]

    def test_what_was_sent_and_what_was_read_stay_as_they_are(self) -> None:
        options = {"merge": self.RECORDS["merge"], "resource": "inventory", "unmapped": "pass"}
        row = {"location_code": "A", "sku_code": "S", "quantity": 1}
        sent = {"inventory": [dict(row), dict(row)]}

        reading = mapping_of(**options).read(sent)

        assert reading.bulk().value == {"inventory": [{**row, "quantity": 2}]}
        assert reading.bulk().value == {"inventory": [{**row, "quantity": 2}]}
        assert sent == {"inventory": [row, row]}

    def test_a_lookup_that_finds_nothing_fails_its_row_only(self) -> None:
        payload = {
            "levels": [
                {"location": "A", "item": 9, "available": 1},
                {"location": "A", "item": 1, "available": 2},
            ]
        }

        bulk = mapping_of(*self.RULES, **self.RECORDS).read(payload, lookup=Products()).bulk()

        assert bulk.errors == ()
        assert {row: error.code for row, (error,) in bulk.failed_rows.items()} == {0: "not_found"}
        assert bulk.value["inventory"] == [
            {"location_code": "A", "quantity": 1},
            {"location_code": "A", "sku_code": "SKU-1", "quantity": 2},
        ]

    def test_any_other_error_refuses_the_load(self) -> None:
        payload = {"levels": [{"location": "A", "item": 1, "available": 1.5}]}

        bulk = mapping_of(*self.RULES, **self.RECORDS).read(payload, lookup=Products()).bulk()

        assert [(error.code, error.field, error.record) for error in bulk.errors] == [
            ("not_convertible", "available", 0)
        ]

    def test_rows_of_a_group_stand_at_their_own_index(self) -> None:
        group = {
            "partner": "Results[]",
            "internal": "inventory[]",
            "where": {"qty": {"present": True}},
            "rules": [{"partner": "qty", "internal": "quantity"}],
        }
        bulk = mapping_of(group, resource="inventory").read({"Results": [{}, {"qty": 1}, {"qty": 2}]}).bulk()

        assert bulk.value == {"inventory": [{"quantity": 1}, {"quantity": 2}]}
        assert [place.field for place in bulk.row_places] == ["Results[1]", "Results[2]"]
        assert bulk.place_of(("inventory", 1, "quantity")).pointer == "/Results/2/qty"

    def test_without_rules_the_load_is_as_sent(self) -> None:
        mapping = mapping_of(resource="inventory", unmapped="pass")
        sent = {"inventory": [{"location_code": "A", "sku_code": "S", "quantity": 1}], "source": "erp_sync"}

        bulk = mapping.read(sent).bulk()

        assert bulk.value == sent
        assert [place.field for place in bulk.row_places] == ["inventory[0]"]

    def test_several_payloads_are_one_load(self) -> None:
        mapping = mapping_of(resource="inventory", unmapped="pass")

        bulk = mapping.read(
            [{"inventory": [{"quantity": 1}], "notes": "a"}, {"inventory": [{"quantity": 2}], "notes": "b"}]
        ).bulk()

        assert bulk.value == {"inventory": [{"quantity": 1}, {"quantity": 2}], "notes": "a"}
        assert [place.field for place in bulk.row_places] == ["[0].inventory[0]", "[1].inventory[0]"]

    def test_a_load_that_is_no_list_stays_for_validation(self) -> None:
        bulk = mapping_of(resource="inventory", unmapped="pass").read({"inventory": "x"}).bulk()

        assert bulk.value == {"inventory": "x"}

    def test_rows_go_out_by_the_same_rules(self) -> None:
        mapping = mapping_of(*self.RULES, **self.RECORDS, unmapped={"in": "drop", "out": "pass"})

        row = mapping.row_outbound(
            {"location_code": "A", "sku_code": "SKU-1", "quantity": 4}, lookup=Products()
        ).value

        assert row == {"location": "A", "item": 1, "available": 4}

    def test_what_only_reads_inwards_keeps_its_name_in_rows(self) -> None:
        group = {
            "partner": "Results[]",
            "internal": "inventory[]",
            "merge": {"by": ["location_code"], "sum": ["quantity"]},
            "rules": [
                {"partner": "w", "internal": "location_code"},
                {"partner": "quantity", "internal": "quantity"},
            ],
        }
        mapping = mapping_of(group, resource="inventory", unmapped={"in": "drop", "out": "pass"})

        assert mapping.row_outbound({"location_code": "A", "quantity": 4}).value == {
            "location_code": "A",
            "datamingle_quantity": 4,
        }


def test_the_elements_of_all_records_together_are_limited() -> None:
    mapping = mapping_of(NUMBER, {"partner": "l[]", "internal": "items[]"}, record="orders[]")
    payload = {"orders": [{"nr": "1", "l": [0] * 60_000}, {"nr": "2", "l": [0] * 60_000}]}

    reading = mapping.read(payload)

    assert [[error.code for error in record.errors] for record in reading.records] == [
        [],
        ["too_many_elements"],
    ]


def test_too_many_records_are_refused() -> None:
    reading = mapping_of(NUMBER, record="orders[]").read({"orders": [{}] * 100_001})

    assert [[(error.code, error.pointer) for error in record.errors] for record in reading.records] == [
        [("too_many_elements", "/orders")]
    ]


def test_at_most_a_hundred_errors_are_listed() -> None:
    group = {
        "partner": "l[]",
        "internal": "items[]",
        "rules": [{"partner": "q", "internal": "q", "type": "integer"}],
    }

    errors = mapping_of(group).inbound({"l": [{"q": "x"}] * 500}).errors

    assert len(errors) == 100
    assert errors[-1].code == "too_many_errors"


def test_a_secret_shows_neither_value_nor_its_form() -> None:
    rule = {"partner": "card", "internal": "notes", "type": "integer", "secret": True}

    (error,) = mapping_of(rule).inbound({"card": "41-11"}).errors

    assert error.found is None
    assert "41-11" not in error.message
