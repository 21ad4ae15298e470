import json
from collections.abc import Callable
from pathlib import Path

import pytest

from core.entities.json import Json, JsonObject
from tests.entrypoints.conftest import Run

Write = Callable[[str, Json], str]
ORDERS: JsonObject = {
    "format": "datamingle.mapping/1",
    "resource": "orders",
    "unmapped": {"in": "drop", "out": "pass"},
    "rules": [
        {"partner": "po", "internal": "order_number", "required": True, "id": "number"},
        {"partner": "card", "internal": "metadata.card", "secret": True},
        {
            "partner": "Lines[]",
            "internal": "items[]",
            "rules": [
                {"partner": "Sku", "internal": "sku_code"},
                {"partner": ["Qty", "Quantity"], "internal": "quantity", "type": "integer"},
            ],
        },
    ],
}
PAYLOAD: JsonObject = {"po": "PO-1", "card": "4111", "extra": 1, "Lines": [{"Sku": "TENT", "Qty": "2"}]}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a document to a file of that name."""

    def write(name: str, document: Json) -> str:
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(document))
        return str(path)

    return write


@pytest.fixture
def acme(run: Run, write: Write) -> None:
    """The partner, whose mapping of orders is in version 2."""
    run("partners", "create", "acme")
    run("mappings", "set", "acme", "orders", write("set", ORDERS))


@pytest.mark.usefixtures("acme")
class TestTry:
    def test_programs_are_told_where_each_value_came_from(self, run: Run, write: Write) -> None:
        tried = run("mappings", "try", "acme", "orders", write("p", PAYLOAD), json=True).document

        assert tried["mapping_version"] == 2
        assert tried["trace"][0] == {
            "record": None,
            "target": "order_number",
            "rule": "number",
            "how": "copied",
            "source": {"field": "po", "pointer": "/po"},
            "raw": "PO-1",
            "value": "PO-1",
        }
        assert {(entry["target"], entry["how"]) for entry in tried["trace"]} == {
            ("order_number", "copied"),
            ("metadata.card", "copied"),
            ("items[0].sku_code", "copied"),
            ("items[0].quantity", "converted"),
        }
        assert tried["unused"] == [{"record": None, "field": "extra", "pointer": "/extra"}]
        assert (tried["blocked"], tried["removed"], tried["errors"]) == ([], [], [])

    def test_people_see_the_document_a_table_and_what_came_to_nothing(self, run: Run, write: Write) -> None:
        shown = run("mappings", "try", "acme", "orders", write("p", PAYLOAD)).out

        lines = [line.split() for line in shown.splitlines()]
        assert ["TARGET", "HOW", "FROM", "RULE", "VALUE"] in lines
        assert ["items[0].quantity", "converted", "Lines[0].Qty", "r3.2", "2"] in lines
        assert "Unused, no rule takes it: extra" in shown

    def test_secrets_are_masked_for_people_and_programs(self, run: Run, write: Write) -> None:
        told = [
            run("mappings", "try", "acme", "orders", write("p", PAYLOAD), json=json) for json in (True, False)
        ]

        assert told[0].document["document"]["metadata"] == {"card": "•••"}
        assert not any("4111" in one.out + one.err for one in told)

    def test_a_mapping_need_not_be_saved_to_be_tried(self, run: Run, write: Write) -> None:
        unsaved = {**ORDERS, "rules": [{"partner": "no", "internal": "order_number"}, *ORDERS["rules"][1:]]}  # type: ignore[index,misc]  # a list
        payload = write("p", {"no": "7", "Lines": []})

        tried = run(
            "mappings", "try", "acme", "orders", payload, "--file", write("m", unsaved), json=True
        ).document

        assert (tried["mapping_version"], tried["document"]["order_number"]) == (None, "7")
        assert len(run("mappings", "history", "acme", "orders", json=True).document) == 2

    def test_a_mapping_that_is_refused_is_not_tried(self, run: Run, write: Write) -> None:
        broken = write("m", {**ORDERS, "rules": [{"partner": "a..b", "internal": "notes"}]})

        refused = run("mappings", "try", "acme", "orders", write("p", PAYLOAD), "--file", broken, json=True)

        assert (refused.code, refused.out) == (1, "")
        assert "bad_path" in refused.err

    def test_another_version_may_be_tried(self, run: Run, write: Write) -> None:
        tried = run("mappings", "try", "acme", "orders", write("p", PAYLOAD), "--version", "1", json=True)

        assert tried.document["mapping_version"] == 1

    def test_file_and_version_are_two_mappings(self, run: Run, write: Write) -> None:
        file = write("m", ORDERS)

        misused = run("mappings", "try", "acme", "orders", file, "--file", file, "--version", "1", json=True)

        assert (misused.code, misused.out) == (2, "")

    def test_outward_a_record_of_ours_becomes_the_partners(self, run: Run, write: Write) -> None:
        order = write(
            "o", {"order_number": "PO-1", "items": [{"sku_code": "TENT", "quantity": 2, "sku": {}}]}
        )

        tried = run("mappings", "try", "acme", "orders", order, "--direction", "out", json=True)

        assert tried.code == 0
        assert tried.document["document"] == {"po": "PO-1", "Lines": [{"Sku": "TENT", "Qty": 2}]}

    def test_a_partial_payload_lacks_nothing(self, run: Run, write: Write) -> None:
        payload = write("p", {"card": "4111"})

        whole = run("mappings", "try", "acme", "orders", payload, json=True)
        partial = run("mappings", "try", "acme", "orders", payload, "--partial", json=True)

        assert (whole.code, partial.code) == (1, 0)
        assert partial.document["invalid"] == []


def test_check_tells_the_class_of_each_rule(run: Run, write: Write) -> None:
    file = write("m", ORDERS)

    shown = run("mappings", "check", file).out
    rules = run("mappings", "check", file, json=True).document["rules"]

    assert ["r3.1", "Lines[].Sku", "items[].sku_code", "exact"] in [
        line.split() for line in shown.splitlines()
    ]
    assert rules[-1] == {
        "rule": "r3.2",
        "partner": ["Lines[].Qty", "Lines[].Quantity"],
        "internal": "items[].quantity",
        "class": "first of many",
    }


def test_check_on_samples_raises_their_doubts(run: Run, write: Write) -> None:
    file, samples = write("m", ORDERS), [write("p", PAYLOAD), write("q", {"po": "2", "Lines": [], "more": 1})]

    plain = run("mappings", "check", file, json=True).document["findings"]
    found = run("mappings", "check", file, "--sample", samples[0], "--sample", samples[1], json=True)
    shown = run("mappings", "check", file, "--sample", write("r", {"po": "1"})).out

    assert found.code == 0
    assert {one["code"] for one in found.document["findings"]} - {one["code"] for one in plain} == {
        "unmapped_seen"
    }
    assert "never_fires: rule r3.1" in shown
    assert (
        "unmapped_seen: the mapping, unmapped: no rule takes extra"
        in run("mappings", "check", file, "--sample", samples[0]).out
    )


def test_templates_show_tells_what_one_covers(run: Run) -> None:
    shown = run("templates", "show", "acumatica").out
    told = run("templates", "show", "acumatica", json=True).document

    assert "RESOURCE   DIRECTION  COVERS" in shown
    assert "Not: attributes" in shown
    assert set(told) == {"name", "title", "about", "resources", "covers", "sources"}
    assert set(told["covers"][0]) == {"resource", "direction", "what", "not_covered"}


def test_templates_show_prints_a_mapping_that_set_reads(run: Run, write: Write) -> None:
    run("partners", "create", "acme")
    mapping = run("templates", "show", "acumatica", "orders", json=True).document

    saved = run("mappings", "set", "acme", "orders", write("m", mapping), json=True)

    assert saved.code == 0
    assert run("mappings", "show", "acme", "orders", json=True).document == mapping


@pytest.mark.parametrize("arguments", [("nothing",), ("woocommerce", "locations"), ("acumatica", "boats")])
def test_a_template_that_does_not_exist_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    refused = run("templates", "show", *arguments, json=True)

    assert refused.code != 0
    assert refused.out == ""
