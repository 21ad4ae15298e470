"""The laws on the shipped templates and the samples of their systems."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from core.mapping import FieldMapping, load
from core.mapping.model import Json
from core.mapping.records import find_records
from core.mapping.standing import Standing

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "adapters" / "catalog" / "data" / "templates"
PAYLOADS = ROOT / "tests" / "payloads"
SYSTEMS = {"sapb1": "sap-business-one", "businesscentral": "business-central"}
RESOURCES = {"order": "orders", "product": "products", "location": "locations", "inventory": "inventory"}
SAMPLES = sorted(
    file for file in PAYLOADS.glob("*_*_*.json") if not file.stem.endswith((".expected", ".lookups"))
)


class Stock:
    """A product for every value."""

    def find(self, resource: str, by: str, value: Json) -> str | None:
        return f"SKU-{value}"

    def value_of(self, resource: str, by: str, key: str) -> Json:
        return key.removeprefix("SKU-")


def document_for(sample: Path) -> dict[str, Any]:
    system, word, _ = sample.stem.split("_")
    template = json.loads((TEMPLATES / f"{SYSTEMS.get(system, system)}.json").read_text("utf-8"))
    document: dict[str, Any] = template["mappings"][RESOURCES[word]]
    return document


def payload_of(sample: Path) -> Any:
    return json.loads(sample.read_text("utf-8"))


def records_of(mapping: FieldMapping, payload: Any) -> tuple[Standing, ...]:
    return find_records(payload, mapping.rules.record).standings


samples = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)


def test_there_are_samples() -> None:
    assert len(SAMPLES) > 10


@samples
def test_every_value_can_be_pointed_at_in_what_was_sent(sample: Path) -> None:
    mapping, payload = load(document_for(sample)), payload_of(sample)

    for record in mapping.read(payload, lookup=Stock()).records:
        for entry in record.explain().trace:
            if entry.how in ("copied", "converted") and entry.source is not None:
                assert record.place_of(entry.target).pointer == entry.source.pointer
                assert is_there(payload, entry.source.pointer)


@samples
def test_the_order_of_rules_changes_nothing(sample: Path) -> None:
    document, payload = document_for(sample), payload_of(sample)
    shuffled = {**document, "rules": random.Random(7).sample(document["rules"], len(document["rules"]))}

    one, other = (
        [record.value for record in load(each).read(payload, lookup=Stock()).records]
        for each in (document, shuffled)
    )

    assert one == other


@samples
def test_the_payload_is_not_changed(sample: Path) -> None:
    mapping, payload = load(document_for(sample)), payload_of(sample)
    before = copy.deepcopy(payload)

    reading = mapping.read(payload, lookup=Stock())
    reading.bulk()
    mapping.read(payload, partial=True, lookup=Stock())
    assert [record.ignored for record in reading.records]

    assert payload == before


@samples
def test_the_trace_tells_of_every_value(sample: Path) -> None:
    mapping, payload = load(document_for(sample)), payload_of(sample)

    for record in mapping.read(payload, lookup=Stock()).records:
        targets = {entry.target for entry in record.explain().trace}
        assert {place for place in leaves(record.value) if not covered(place, targets)} == set()


def leaves(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [leaf for name, inner in value.items() for leaf in leaves(inner, (*place, name))]
    if isinstance(value, list):
        return [leaf for number, inner in enumerate(value) for leaf in leaves(inner, (*place, number))]
    return [place]


def covered(place: tuple[str | int, ...], targets: set[tuple[str | int, ...]]) -> bool:
    return any(place[:end] in targets for end in range(1, len(place) + 1))


def is_there(payload: Any, pointer: str) -> bool:
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        payload = payload[int(name)] if isinstance(payload, list) else payload[name]
    return True
