"""PrestaShop has no template: its mappings, written from the guide, and the mistakes made on the way."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.entities.json import Json
from core.entities.resource import DESCRIPTIONS, Resource
from core.mapping.mapping import load
from tests.adapters.catalog.guide_console import Console

FOLDER = Path(__file__).parents[2] / "payloads" / "guide"
MISTAKES = [json.loads(line) for line in (FOLDER / "mistakes.jsonl").read_text("utf-8").splitlines()]


def stored(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))


@pytest.mark.parametrize("resource", [Resource.ORDERS, Resource.PRODUCTS])
def test_a_payload_becomes_ours_and_is_answered_in_its_own_words(resource: Resource) -> None:
    mapping = load(stored(f"prestashop_{resource}.mapping.json"), DESCRIPTIONS[resource].schema())

    (record,) = mapping.read(stored(f"prestashop_{resource.singular}.json")).records

    assert not record.errors
    assert record.value == stored(f"prestashop_{resource.singular}.expected.json")
    assert mapping.outbound(record.value).value == stored(f"prestashop_{resource.singular}.answer.json")


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["mistake"])
def test_a_mistake_is_named_with_what_would_be_right(case: dict[str, Any], tmp_path: Path) -> None:
    mapping = tmp_path / "orders.json"
    payload = FOLDER / "prestashop_order.json"
    mistaken = written(stored("prestashop_orders.mapping.json"), case["at"], case["write"])
    mapping.write_text(json.dumps(mistaken))
    console = Console(tmp_path)
    console.type("datamingle partners create shop")

    said = console.type(f"datamingle mappings check {mapping} --sample {payload}")
    said += console.type(f"datamingle mappings try shop orders {payload} --file {mapping}")

    assert case["said"] in said


def written(document: Any, at: str, value: Json) -> Any:
    """The document with another value at a place; null takes away what is there."""
    if not at:
        return {**document, **value} if isinstance(value, dict) else document
    *parents, last = (int(step) if step.isdigit() else step for step in at.split("."))
    inside = document
    for step in parents:
        inside = inside[step]
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    return document
