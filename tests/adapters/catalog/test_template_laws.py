"""What holds for every shipped template, whatever its system."""

from collections.abc import Iterator, Sequence

import attrs
import pytest

from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import Problem
from core.mapping.mapping import load
from tests.adapters.catalog.payload_cases import TEMPLATES, Case, oddities, samples
from tests.adapters.catalog.payload_reading import language, read


@pytest.mark.parametrize("name", TEMPLATES.names())
def test_the_linter_finds_nothing_that_no_note_explains(name: str) -> None:
    for resource, document in TEMPLATES.get(name).mappings.items():
        notes = {rule["id"]: rule.get("note") for _, rule in flattened(document["rules"])}

        warnings = load(document, DESCRIPTIONS[resource].schema()).warnings

        assert [finding for finding in warnings if not notes[finding.rule]] == []


@pytest.mark.parametrize("name", TEMPLATES.names())
def test_every_rule_that_runs_one_way_says_why(name: str) -> None:
    for document in TEMPLATES.get(name).mappings.values():
        one_way = [
            rule for _, rule in flattened(document["rules"]) if rule.get("direction", "both") != "both"
        ]

        assert [rule["id"] for rule in one_way if "note" not in rule] == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES.names() if name != "custom"])
def test_what_is_pushed_again_updates_unless_numbers_can_meet(name: str) -> None:
    mappings = TEMPLATES.get(name).mappings
    policies = {resource: mapping.get("on_duplicate", "refuse") for resource, mapping in mappings.items()}

    meeting = name in {"acumatica", "sap-business-one"}
    assert policies[Resource.ORDERS] == ("refuse" if meeting else "update")
    assert policies[Resource.PRODUCTS] == "update"
    assert policies.get(Resource.LOCATIONS, "update") == "update"


@pytest.mark.parametrize(
    ("title", "line", "sent_as"),
    [
        ("shopify_order_1", 2, "line_items[2].sku"),
        ("acumatica_order_1", 2, "Details[2].InventoryID"),
        ("sapb1_order_1", 2, "DocumentLines[2].ItemCode"),
        ("netsuite_order_1", 2, "item.items[5].item"),
        ("woocommerce_order_1", 1, "line_items[1].sku"),
        ("odoo_order_1", 1, "order_line[2].product_id[1]"),
        ("businesscentral_order_1", 1, "salesOrderLines[2].lineObjectNumber"),
        ("magento_order_1", 0, "items[1].sku"),
    ],
)
def test_a_business_rule_names_the_line_as_it_was_sent(title: str, line: int, sent_as: str) -> None:
    case = next(case for case in samples() if case.title == title)
    (record,) = language(case.system, case.resource).read(case.sends, partial=False).records

    told = record.translate(Problem(("items", line, "sku_code"), "NOT_FOUND", "no product"))
    assert told.sent_as == sent_as


@pytest.mark.parametrize("case", [case for case in [*samples(), *oddities()] if case.gives], ids=str)
def test_what_was_answered_reads_back_as_it_is_kept(case: Case) -> None:
    """Law L1, at every place that is written outbound."""
    lost = inward_only(TEMPLATES.get(case.system).mappings[case.resource]["rules"])
    speaker = language(case.system, case.resource, case.lookups)

    for kept in kept_records(case):
        answer = speaker.say_rows(kept["inventory"])[0] if "inventory" in kept else speaker.say(kept)
        again = read(attrs.evolve(case, sends=answer))

        assert [pruned(document, lost) for document in again.documents] == [pruned(kept, lost)]


def kept_records(case: Case) -> Iterator[JsonObject]:
    """The documents that a payload gives; of an inventory each row as one of its own."""
    for document in read(case).documents:
        assert isinstance(document, dict)
        for row in document.get("inventory", [None]):
            yield document if row is None else {**document, "inventory": [row]}


def inward_only(rules: Sequence[JsonObject]) -> set[str]:
    """Our places that some rule reads and none writes."""
    flat = list(flattened(rules))
    written = {place for place, rule in flat if rule.get("direction") != "in" and "const" not in rule}
    return {place for place, rule in flat if rule.get("direction") == "in" and place not in written}


def flattened(rules: Sequence[JsonObject], prefix: str = "") -> Iterator[tuple[str, JsonObject]]:
    """Every rule with its place on our side, groups before what is in them."""
    for rule in rules:
        place = f"{prefix}{rule.get('internal', '')}"
        yield place, rule
        yield from flattened(rule.get("rules", []), f"{place}.")


def pruned(document: Json, lost: set[str], place: str = "") -> Json:
    """The document without the places lost on the way out, and without objects left empty."""
    if isinstance(document, list):
        return [pruned(element, lost, f"{place}[]") for element in document]
    if not isinstance(document, dict):
        return document
    kept = {}
    for name, value in document.items():
        inner = f"{place}.{name}" if place else name
        if not {inner, inner.replace("inventory[]", "inventory[0]")} & lost:
            kept[name] = pruned(value, lost, inner)
    return {name: value for name, value in kept.items() if value not in ({}, None)}
