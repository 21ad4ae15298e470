"""Strict reading of a document: nothing coerced, every wrong place told at once."""

import pytest

from core.entities.json import Json
from core.entities.order import ORDER_FIELDS
from core.errors import ValidationFailed
from core.use_cases.commands import UNSET, InventoryLoad, NewOrder, OrderChange, ProductChange
from core.use_cases.structuring import structure, unknown_places

ORDER: dict[str, Json] = {"order_number": "PO-1", "items": [{"sku_code": "A", "quantity": 1}]}


def problems_of(document: Json, command: type[object]) -> set[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(ValidationFailed) as caught:
        structure(document, command)
    return {(problem.place, problem.code) for problem in caught.value.problems}


def test_one_point_zero_is_the_integer_one() -> None:
    order = structure({**ORDER, "items": [{"sku_code": "A", "quantity": 1.0}]}, NewOrder)

    assert order.items[0].quantity == 1


def test_every_wrong_place_is_told_at_once() -> None:
    document: Json = {
        "order_number": 5,
        "order_date": "soon",
        "metadata": [],
        "items": [{"sku_code": "A", "quantity": "5"}, {"quantity": True}, 7],
    }

    assert problems_of(document, NewOrder) == {
        (("order_number",), "WRONG_TYPE"),
        (("order_date",), "INVALID"),
        (("metadata",), "WRONG_TYPE"),
        (("items", 0, "quantity"), "WRONG_TYPE"),
        (("items", 1, "sku_code"), "MISSING"),
        (("items", 1, "quantity"), "WRONG_TYPE"),
        (("items", 2), "WRONG_TYPE"),
    }


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        ({"order_number": ""}, ("order_number",), "TOO_SHORT"),
        ({"order_number": "x" * 256}, ("order_number",), "TOO_LONG"),
        ({"order_number": None}, ("order_number",), "NULL_NOT_ALLOWED"),
        ({"items": []}, ("items",), "TOO_SHORT"),
        ({"items": {}}, ("items",), "WRONG_TYPE"),
        ({"items": [{"sku_code": "A", "quantity": 0}]}, ("items", 0, "quantity"), "OUT_OF_RANGE"),
        ({"items": [{"sku_code": "A", "quantity": 1.5}]}, ("items", 0, "quantity"), "WRONG_TYPE"),
        ({"items": [{"sku_code": "A", "quantity": 2.0**70}]}, ("items", 0, "quantity"), "OUT_OF_RANGE"),
    ],
)
def test_a_wrong_value_is_told_by_its_place_and_code(
    change: dict[str, Json], place: tuple[str | int, ...], code: str
) -> None:
    assert problems_of({**ORDER, **change}, NewOrder) == {(place, code)}


@pytest.mark.parametrize("document", [[], "x", 1, None, True])
def test_a_body_is_an_object(document: Json) -> None:
    assert problems_of(document, NewOrder) == {((), "WRONG_TYPE")}


def test_on_create_a_null_is_the_same_as_not_sent() -> None:
    order = structure({**ORDER, "notes": None, "metadata": None, "order_date": None}, NewOrder)

    assert (order.notes, order.metadata, order.order_date) == (None, None, None)


def test_on_update_a_null_clears_and_a_missing_field_is_left_alone() -> None:
    change = structure({"notes": None}, OrderChange)

    assert change.notes is None
    assert change.metadata is UNSET


@pytest.mark.parametrize("field", ["quantity", "is_active"])
def test_what_cannot_be_cleared_refuses_null(field: str) -> None:
    assert problems_of({field: None}, ProductChange) == {((field,), "NULL_NOT_ALLOWED")}


def test_unknown_members_are_found_but_not_in_open_objects() -> None:
    document: Json = {**ORDER, "colour": 1, "metadata": {"any": 1}, "items": [{"sku_code": "A", "price": 2}]}

    assert set(unknown_places(document, ORDER_FIELDS)) == {("colour",), ("items", 0, "price")}


def test_of_countless_wrong_elements_a_hundred_are_told_and_the_rest_is_not_read() -> None:
    class Unread:
        def __str__(self) -> str:
            raise AssertionError("was read")

    wrong: Json = {"sku_code": "A", "quantity": 0}

    with pytest.raises(ValidationFailed) as caught:
        structure({**ORDER, "items": [*[wrong] * 100, Unread()]}, NewOrder)  # type: ignore[list-item]  # on purpose

    assert len(caught.value.problems) == 100


@pytest.mark.parametrize(
    ("document", "command"),
    [
        ({**ORDER, "order_number": 7351}, NewOrder),
        ({**ORDER, "order_date": "7351"}, NewOrder),
        ({**ORDER, "items": [{"sku_code": "A", "quantity": -7351}]}, NewOrder),
        ({**ORDER, "items": [{"sku_code": 7351, "quantity": 7351.5}]}, NewOrder),
        ({"inventory": [], "source": "7351"}, InventoryLoad),
    ],
)
def test_what_shows_a_value_can_be_said_without_it(document: Json, command: type[object]) -> None:
    with pytest.raises(ValidationFailed) as caught:
        structure(document, command)

    assert any("7351" in problem.message for problem in caught.value.problems)
    assert not any("7351" in (problem.masked or "") for problem in caught.value.problems)
    assert all(problem.masked for problem in caught.value.problems if "7351" in problem.message)
