import json
from collections.abc import Callable
from pathlib import Path

import pytest

from core.entities.json import Json
from core.ports.unit_of_work import Transactions
from core.use_cases.commands import NewProduct
from core.use_cases.products import create_product
from tests.entrypoints.conftest import Run

ROOT = Path(__file__).parents[1]
PAYLOADS = ROOT / "payloads"
ORDERS: Json = {
    "format": "datamingle.mapping/1",
    "resource": "orders",
    "rules": [
        {"partner": "po_number", "internal": "order_number", "type": "string", "required": True},
        {
            "partner": "Lines[]",
            "internal": "items[]",
            "rules": [
                {"partner": "Sku", "internal": "sku_code", "type": "string", "required": True},
                {"partner": "Qty", "internal": "quantity", "type": "integer", "required": True},
            ],
        },
    ],
}
PAYLOAD: Json = {"po_number": "PO-1", "Lines": [{"Sku": "TENT", "Qty": "2"}]}
Write = Callable[[Json | str], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(document: Json | str) -> str:
        path = tmp_path / "document.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return str(path)

    return write


@pytest.fixture
def acme(run: Run) -> None:
    run("partners", "create", "acme")


def broken() -> Json:
    return {
        "format": "datamingle.mapping/1",
        "resource": "orders",
        "rules": [{"partner": "a..b", "internal": "order_number"}, {"partner": "x", "internal": "nonsense"}],
    }


@pytest.mark.usefixtures("acme")
def test_set_publishes_one_version_after_another(run: Run, write: Write) -> None:
    first = run("mappings", "set", "acme", "orders", write(ORDERS), json=True)
    second = run("mappings", "set", "acme", "orders", write(ORDERS), json=True)

    assert first.code == second.code == 0
    assert second.document["version"] == first.document["version"] + 1
    assert second.document["content_hash"] == first.document["content_hash"]


@pytest.mark.usefixtures("acme")
def test_show_prints_what_set_reads(run: Run, write: Write) -> None:
    run("mappings", "set", "acme", "orders", write(ORDERS))

    shown = run("mappings", "show", "acme", "orders", json=True).document
    again = run("mappings", "set", "acme", "orders", write(shown), json=True)

    assert shown["rules"][0]["internal"] == "order_number"
    assert again.code == 0
    assert run("mappings", "show", "acme", "orders", json=True).document == shown


@pytest.mark.usefixtures("acme")
def test_a_broken_mapping_is_refused_with_every_finding_and_the_one_in_use_stays(
    run: Run, write: Write
) -> None:
    run("mappings", "set", "acme", "orders", write(ORDERS))

    refused = run("mappings", "set", "acme", "orders", write(broken()), json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "bad_path" in refused.err
    assert "po_number" in json.dumps(run("mappings", "show", "acme", "orders", json=True).document)


@pytest.mark.usefixtures("acme")
def test_a_mapping_for_another_resource_is_refused(run: Run, write: Write) -> None:
    refused = run("mappings", "set", "acme", "products", write(ORDERS), json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "orders" in refused.err


def test_a_partner_that_does_not_exist_gets_no_mapping(run: Run, write: Write) -> None:
    refused = run("mappings", "set", "nobody", "orders", write(ORDERS), json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "nobody" in refused.err


def test_check_needs_no_partner(run: Run, write: Write) -> None:
    good = run("mappings", "check", write(ORDERS), json=True)

    assert good.code == 0
    assert all(finding["severity"] == "warning" for finding in good.document["findings"])


def test_check_prints_the_findings_and_ends_with_1_where_one_is_an_error(run: Run, write: Write) -> None:
    found = run("mappings", "check", write(broken()), json=True)

    assert (found.code, found.err) == (1, "Error: the mapping has errors\n")
    (first, *_) = found.document["findings"]
    assert set(first) == {"severity", "code", "rule", "member", "column", "message", "fix"}
    assert (first["severity"], first["code"], first["column"]) == ("error", "bad_path", 3)
    assert run("mappings", "check", write(broken())).out.startswith(
        "error: bad_path: rule r1, partner, column 3:"
    )


@pytest.mark.usefixtures("acme")
def test_try_prints_the_mapped_document(run: Run, write: Write) -> None:
    run("mappings", "set", "acme", "orders", write(ORDERS))

    tried = run("mappings", "try", "acme", "orders", write(PAYLOAD), json=True)

    assert tried.code == 0
    assert tried.document["document"] == {
        "order_number": "PO-1",
        "items": [{"sku_code": "TENT", "quantity": 2}],
    }
    assert tried.document["errors"] == []
    assert tried.document["invalid"] == []


@pytest.mark.usefixtures("acme")
def test_try_ends_with_1_where_the_mapping_refuses_and_names_the_partners_place(
    run: Run, write: Write
) -> None:
    run("mappings", "set", "acme", "orders", write(ORDERS))

    tried = run(
        "mappings", "try", "acme", "orders", write({"Lines": [{"Sku": "A", "Qty": "many"}]}), json=True
    )

    assert tried.code == 1
    assert "po_number" in tried.err
    assert "Lines[0].Qty" in tried.err
    assert {
        (error["field"], error["code"], tuple(error["internal"])) for error in tried.document["errors"]
    } == {
        ("po_number", "MISSING", ("order_number",)),
        ("Lines[0].Qty", "NOT_CONVERTIBLE", ("items[0].quantity",)),
    }


@pytest.mark.usefixtures("acme")
def test_try_tells_what_validation_would_find_and_is_no_refusal(run: Run, write: Write) -> None:
    run("mappings", "set", "acme", "orders", write(ORDERS))

    tried = run(
        "mappings",
        "try",
        "acme",
        "orders",
        write({"po_number": "", "Lines": [{"Sku": "A", "Qty": 0}]}),
        json=True,
    )

    assert tried.code == 0
    assert {problem["field"] for problem in tried.document["invalid"]} == {"po_number", "Lines[0].Qty"}


@pytest.mark.usefixtures("acme")
def test_a_resource_without_a_mapping_is_spoken_in_our_own_words(run: Run, write: Write) -> None:
    tried = run("mappings", "try", "acme", "products", write({"sku": "TENT", "quantity": 3}), json=True)

    assert (tried.code, tried.document["document"]) == (0, {"sku": "TENT", "quantity": 3})


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("payload", ["order", "product", "location", "inventory"])
def test_one_record_gives_one_object_and_stock_one_bulk_document(
    run: Run, payload: str, transactions: Transactions
) -> None:
    run("partners", "create", "shop", "--template", "shopify")
    resource = payload if payload == "inventory" else f"{payload}s"
    known = json.loads((PAYLOADS / "shopify_inventory_1.lookups.json").read_text())
    for item, sku in known["inventory_item_id_to_sku"].items():
        add_product(transactions, sku, item)

    tried = run(
        "mappings", "try", "shop", resource, str(PAYLOADS / f"shopify_{payload}_1.json"), json=True
    ).document

    expected = json.loads((PAYLOADS / f"shopify_{payload}_1.expected.json").read_text())
    assert isinstance(tried["document"], type(expected))
    if payload == "inventory":
        assert tried["document"]["source"] == expected["source"]
        assert sorted(map(str, tried["document"]["inventory"])) == sorted(map(str, expected["inventory"]))


def add_product(transactions: Transactions, sku: str, item: Json) -> None:
    command = NewProduct(sku, custom_fields={"inventory_item_id": item})
    transactions.run(lambda work: create_product(work, command))


@pytest.mark.usefixtures("acme")
def test_try_writes_nothing(run: Run, write: Write) -> None:
    run("mappings", "try", "acme", "products", write({"sku": "TENT"}), json=True)

    assert run("products", "activate", "TENT").code == 1
    assert run("logs", "list", json=True).document == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": 1,\n "b": }', "line 2, column 7"),
        ("", "line 1, column 1"),
        ('{"a": 1, "a": 2}', "a"),
        ('{"a": NaN}', "NaN"),
        ("[" * 100 + "]" * 100, "64"),
    ],
)
@pytest.mark.usefixtures("acme")
def test_a_file_that_is_no_json_is_refused_with_its_place(
    run: Run, write: Write, text: str, told: str
) -> None:
    refused = run("mappings", "try", "acme", "orders", write(text), json=True)

    assert (refused.code, refused.out) == (1, "")
    assert told in refused.err
    assert "document.json" in refused.err


@pytest.mark.usefixtures("acme")
def test_a_file_that_does_not_exist_is_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    for path in (str(tmp_path / "none.json"), str(tmp_path)):
        refused = run("mappings", "set", "acme", "orders", path, json=True)

        assert (refused.code, refused.out) == (1, "")
        assert path in refused.err


def test_a_mapping_is_an_object(run: Run, write: Write) -> None:
    assert "expected a JSON object" in run("mappings", "check", write("[]"), json=True).err


def test_a_stock_row_whose_product_is_not_known_fails_by_itself(run: Run) -> None:
    run("partners", "create", "shop", "--template", "shopify")

    tried = run("mappings", "try", "shop", "inventory", str(PAYLOADS / "shopify_inventory_1.json"), json=True)

    assert tried.code == 0
    assert {row["code"] for row in tried.document["failed_rows"]} == {"NOT_FOUND"}
