"""The order of an Acumatica partner: both ways, there and back, and with five mistakes."""

import copy
from typing import Any

import pytest

from core.mapping import FieldMapping, load

DOCUMENT: dict[str, Any] = {
    "format": "datamingle.mapping/1",
    "resource": "orders",
    "identifier_field": "order_number",
    "wrap": "value",
    "zone": "UTC",
    "unmapped": {"in": "drop", "out": "pass"},
    "rules": [
        {"partner": "OrderNbr", "internal": "order_number", "type": "string", "required": True},
        {"partner": "OrderType", "const": "SO", "expect": True},
        {"partner": "CustomerID", "internal": "customer_code", "type": "string"},
        {"partner": ["CustomerOrder", "ExternalRef"], "internal": "reference"},
        {"partner": "Date", "internal": "order_date", "type": "datetime", "as": ["iso", "YYYY-MM-DD"]},
        {"partner": "CurrencyID", "internal": "currency", "default": "USD"},
        {
            "partner": "Status",
            "internal": "status",
            "values": [["Open", "open"], ["On Hold", "on_hold"], ["Completed", "shipped"]],
        },
        {
            "partner": "ShipToAddress",
            "internal": "shipping",
            "rules": [
                {"partner": "City", "internal": "city"},
                {"partner": "PostalCode", "internal": "postal_code"},
                {"partner": "Country", "internal": "country"},
            ],
        },
        {
            "partner": "Details[]",
            "internal": "items[]",
            "rules": [
                {"partner": "rowNumber", "wrap": False, "internal": "line_number", "type": "integer"},
                {"partner": "InventoryID", "internal": "sku_code", "type": "string", "required": True},
                {
                    "partner": "OrderQty",
                    "internal": "quantity",
                    "type": "integer",
                    "as": "string",
                    "scale": 3,
                },
                {"partner": "UnitPrice", "internal": "unit_price", "type": "number"},
                {
                    "partner": "Allocations[]",
                    "internal": "lots[]",
                    "rules": [
                        {"partner": "LotSerialNbr", "internal": "code"},
                        {"partner": "Qty", "internal": "quantity", "type": "integer"},
                    ],
                },
            ],
        },
        {"partner": "Details[=].WarehouseID", "internal": "warehouse"},
        {"internal": "metadata.source", "const": "acumatica"},
    ],
}

THEIRS: dict[str, Any] = {
    "id": "4f1c",
    "rowNumber": 1,
    "note": {"value": ""},
    "OrderType": {"value": "SO"},
    "OrderNbr": {"value": "SO004711"},
    "CustomerID": {"value": "C000042"},
    "ExternalRef": {"value": "PO-10042"},
    "Date": {"value": "2024-05-01T00:00:00+00:00"},
    "Status": {"value": "On Hold"},
    "Description": {},
    "ShipToAddress": {"City": {"value": "Turku"}, "Country": {"value": "FI"}},
    "Details": [
        {
            "rowNumber": 1,
            "InventoryID": {"value": "SKU-1"},
            "OrderQty": {"value": "2.000"},
            "UnitPrice": {"value": 12.5},
            "WarehouseID": {"value": "MAIN"},
            "Allocations": [{"LotSerialNbr": {"value": "L9"}, "Qty": {"value": 2}}],
        },
        {
            "rowNumber": 2,
            "InventoryID": {"value": "SKU-2"},
            "OrderQty": {"value": 1},
            "WarehouseID": {"value": "MAIN"},
            "Allocations": [],
        },
    ],
    "files": [],
}

OURS: dict[str, Any] = {
    "order_number": "SO004711",
    "customer_code": "C000042",
    "reference": "PO-10042",
    "order_date": "2024-05-01T00:00:00Z",
    "currency": "USD",
    "status": "on_hold",
    "shipping": {"city": "Turku", "country": "FI"},
    "warehouse": "MAIN",
    "metadata": {"source": "acumatica"},
    "items": [
        {
            "line_number": 1,
            "sku_code": "SKU-1",
            "quantity": 2,
            "unit_price": 12.5,
            "lots": [{"code": "L9", "quantity": 2}],
        },
        {"line_number": 2, "sku_code": "SKU-2", "quantity": 1, "lots": []},
    ],
}

BACK: dict[str, Any] = {
    "OrderNbr": {"value": "SO004711"},
    "OrderType": {"value": "SO"},
    "CustomerID": {"value": "C000042"},
    "CustomerOrder": {"value": "PO-10042"},
    "Date": {"value": "2024-05-01T00:00:00Z"},
    "CurrencyID": {"value": "USD"},
    "Status": {"value": "On Hold"},
    "ShipToAddress": {"City": {"value": "Turku"}, "Country": {"value": "FI"}},
    "Details": [
        {
            "rowNumber": 1,
            "InventoryID": {"value": "SKU-1"},
            "OrderQty": {"value": "2.000"},
            "UnitPrice": {"value": 12.5},
            "WarehouseID": {"value": "MAIN"},
            "Allocations": [{"LotSerialNbr": {"value": "L9"}, "Qty": {"value": 2}}],
        },
        {
            "rowNumber": 2,
            "InventoryID": {"value": "SKU-2"},
            "OrderQty": {"value": "1.000"},
            "WarehouseID": {"value": "MAIN"},
            "Allocations": [],
        },
    ],
}


@pytest.fixture(scope="module")
def mapping() -> FieldMapping:
    return load(DOCUMENT)


def test_their_order_becomes_ours(mapping: FieldMapping) -> None:
    result = mapping.inbound(THEIRS)

    assert result.errors == ()
    assert result.value == OURS


def test_our_order_is_answered_in_their_words(mapping: FieldMapping) -> None:
    result = mapping.outbound(OURS)

    assert result.errors == ()
    assert result.value == BACK


def test_what_was_answered_reads_as_the_same_order(mapping: FieldMapping) -> None:
    assert mapping.inbound(mapping.outbound(OURS).value).value == OURS


def test_only_defaults_and_fixed_values_count_as_not_sent(mapping: FieldMapping) -> None:
    assert mapping.inbound(THEIRS).defaulted == {("currency",), ("metadata", "source")}


def test_what_nothing_used_is_named_by_its_topmost_place(mapping: FieldMapping) -> None:
    assert mapping.inbound(THEIRS).ignored == (
        ("id",),
        ("rowNumber",),
        ("note",),
        ("Description",),
        ("files",),
    )


def with_mistakes() -> dict[str, Any]:
    order = copy.deepcopy(THEIRS)
    del order["OrderNbr"]
    order["Status"] = {"value": "Lost"}
    order["ShipToAddress"] = "Turku"
    order["Details"][1]["OrderQty"] = {"value": "one"}
    order["Details"][1]["WarehouseID"] = {"value": "W2"}
    return order


def test_all_five_mistakes_are_reported_at_once(mapping: FieldMapping) -> None:
    errors = mapping.inbound(with_mistakes()).errors

    assert [(error.code, error.partner, list(error.internal)) for error in errors] == [
        ("missing", "OrderNbr.value", ["order_number"]),
        ("value_not_mapped", "Status.value", ["status"]),
        ("wrong_shape", "ShipToAddress", ["shipping.city", "shipping.postal_code", "shipping.country"]),
        ("disagree", "Details[1].WarehouseID.value", ["warehouse"]),
        ("not_convertible", "Details[1].OrderQty.value", ["items[1].quantity"]),
    ]


def test_a_mistake_is_named_for_people_and_for_programs(mapping: FieldMapping) -> None:
    error = mapping.inbound(with_mistakes()).errors[-1]

    assert error.field == "Details[1].OrderQty"
    assert error.pointer == "/Details/1/OrderQty/value"
    assert (error.expected, error.found) == ("whole number", 'string "one"')
    assert error.message == 'Details[1].OrderQty.value: expected a whole number, found "one"'
