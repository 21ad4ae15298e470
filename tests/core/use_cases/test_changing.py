"""A change is one wherever the JSON differs, also where Python calls two values equal."""

import pytest

from core.entities.json import Json
from core.use_cases.changing import apply_change
from core.use_cases.commands import ProductChange
from tests.support.records import a_product


@pytest.mark.parametrize(("before", "after"), [(False, 0), (False, 0.0), (True, 1), (1, True), ([True], [1])])
@pytest.mark.parametrize("replace", [True, False])
def test_a_boolean_and_a_number_differ(before: Json, after: Json, replace: bool) -> None:
    product = a_product(custom_fields={"a": {"b": before}})

    changed = apply_change(product, ProductChange(custom_fields={"a": {"b": after}}), replace=replace)

    assert changed
    assert repr(product.custom_fields) == repr({"a": {"b": after}})


@pytest.mark.parametrize("value", [{"a": [1, True, None, {"b": 0.5}]}, {}])
def test_the_same_again_is_no_change(value: dict[str, Json]) -> None:
    product = a_product(custom_fields=dict(value))

    assert not apply_change(product, ProductChange(custom_fields=dict(value)), replace=True)
