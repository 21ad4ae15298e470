"""What mapping errors leave empty is not said to be missing as well."""

from typing import Any

import pytest

from core.mapping.model import Place
from core.mapping.unfilled import Unfilled
from tests.core.mapping.building import mapping_of

SKU: dict[str, Any] = {"partner": "sku", "internal": "sku_code", "type": "string"}
WHEN: dict[str, Any] = {"partner": "d", "internal": "date", "type": "date"}


def unfilled(document: Any, *rules: dict[str, Any], **options: Any) -> Unfilled:
    result = mapping_of(*rules, **options).inbound(document)
    assert result.errors
    return Unfilled(result.errors)


def lines(*rules: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"partner": "rows[]", "internal": "items[]", "rules": list(rules), **options}


@pytest.mark.parametrize(
    ("document", "rules", "place", "is_told"),
    [
        ({}, [{"partner": "no", "internal": "order_number", "required": True}], ("order_number",), True),
        ({}, [{"partner": "no", "internal": "order_number", "required": True}], ("items",), False),
        ({"rows": [{"sku": 5}, {}]}, [lines(SKU)], ("items", 0, "sku_code"), True),
        ({"rows": [{"sku": 5}, {}]}, [lines(SKU)], ("items", 1, "sku_code"), False),
        ({"rows": [{"sku": "a"}, 5]}, [lines(SKU)], ("items", 1, "sku_code"), True),
        ({"rows": "x"}, [lines(SKU)], ("items",), True),
        ({"row": 5}, [{"partner": "row.sku", "internal": "items[0].sku_code"}], ("items",), True),
        (
            {"sku": 5, "rows": [{"d": "2026-01-01"}] * 2},
            [lines(WHEN), {**SKU, "internal": "items[=].sku_code", "direction": "in"}],
            ("items", 1, "sku_code"),
            True,
        ),
        (
            {"h": "x"},
            [{"partner": ["h.a", "h.b"], "internal": "order_number", "default": "1"}],
            ("order_number",),
            True,
        ),
        (
            {"rows": [{"sku": "a"}, {"sku": "a"}, {"sku": "b", "d": "x"}]},
            [lines(SKU, WHEN, merge={"by": ["sku_code"], "sum": ["n"]})],
            ("items", 1, "date"),
            True,
        ),
    ],
)
def test_what_an_error_names(document: Any, rules: list[Any], place: Place, is_told: bool) -> None:
    assert unfilled(document, *rules).holds(place) is is_told


def test_a_record_that_is_no_object_has_nothing() -> None:
    assert unfilled(5, SKU).holds(("order_number",))


@pytest.mark.parametrize("rows", [[{"sku": 5}] * 200, [{}] * 100_001])
def test_errors_that_name_only_some_places_may_be_about_any(rows: list[Any]) -> None:
    assert unfilled({"rows": rows}, lines(SKU)).holds(("items", 150, "sku_code"))


def test_without_errors_everything_is_filled() -> None:
    assert not Unfilled(()).holds(("order_number",))
