"""What of a record pushed again was sent."""

from typing import Any

import pytest

from core.mapping.model import Place
from core.use_cases.repeating import without_defaults


@pytest.mark.parametrize(
    ("value", "defaulted", "sent"),
    [
        ({"a": 1, "b": 2}, {("b",)}, {"a": 1}),
        ({"m": {"a": 1, "b": 2}}, {("m", "b")}, {"m": {"a": 1}}),
        ({"m": {"b": 2}}, {("m", "b")}, {}),
        ({"m": {}, "b": 2}, {("b",)}, {"m": {}}),
        ({"m": {"x": {"y": 1}}}, {("m", "x")}, {}),
        ({"m": {"lots": [{"n": 1, "b": 2}, {"b": 2}]}}, {("m", "lots", 0, "b"), ("m", "lots", 1, "b")}, None),
        ({"m": {"lots": [{}, {"b": 2}], "a": 1}}, {("m", "lots", 1, "b")}, {"m": {"a": 1}}),
        ({"m": {"tags": [None, "x"]}}, {("m", "tags", 1)}, {}),
        ({"m": {"tags": []}, "b": 1}, {("b",)}, {"m": {"tags": []}}),
        ({"a": 1}, set(), {"a": 1}),
    ],
)
def test_what_only_a_default_filled_is_left_out(value: Any, defaulted: set[Place], sent: Any) -> None:
    assert without_defaults(value, frozenset(defaulted)) == (value if sent is None else sent)
