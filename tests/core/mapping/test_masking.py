"""Documents to be shown hold no secret."""

from typing import Any

import pytest

from core.mapping.masking import mask_secrets
from tests.core.mapping.building import mapping_of

MASK = "•••"


@pytest.mark.parametrize(
    ("partner", "internal", "document", "masked"),
    [
        ("card", "notes", {"notes": "4111", "customer_name": "A"}, {"notes": MASK, "customer_name": "A"}),
        (
            "pay",
            "metadata.pay",
            {"metadata": {"pay": {"no": [4111, "x"], "e": {}}}},
            {"metadata": {"pay": {"no": [MASK, MASK], "e": {}}}},
        ),
        (
            "Lines[].Key",
            "items[].notes",
            {"items": [{"notes": "a", "sku_code": "s"}, {}, None]},
            {"items": [{"notes": MASK, "sku_code": "s"}, {}, None]},
        ),
        (
            "U_*",
            "metadata.*",
            {"metadata": {"a": 1, "b": None}, "notes": "n"},
            {"metadata": {"a": MASK, "b": MASK}, "notes": "n"},
        ),
        ("card", "notes", {"notes": {"card": 1}}, {"notes": {"card": MASK}}),
        ("card", "notes", {}, {}),
    ],
)
def test_every_scalar_that_a_secret_rule_may_have_written_is_masked(
    partner: str, internal: str, document: Any, masked: Any
) -> None:
    rules = mapping_of({"partner": partner, "internal": internal, "secret": True}).rules

    assert mask_secrets(document, rules, "in") == masked


def test_outward_the_partners_places_are_masked_with_their_wrapper() -> None:
    mapping = mapping_of(
        {"partner": ["card", "pan"], "internal": "notes", "secret": True},
        {"partner": "who", "internal": "customer_name"},
        wrap="value",
    )
    written = mapping.outbound({"notes": "4111", "customer_name": "A"}).value

    assert mask_secrets(written, mapping.rules, "out") == {"card": {"value": MASK}, "who": {"value": "A"}}


def test_nothing_else_is_masked() -> None:
    document = {"notes": "a", "items": [{"x": 1}]}

    assert mask_secrets(document, mapping_of({"partner": "a", "internal": "notes"}).rules, "in") == document
