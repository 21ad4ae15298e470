from core.ports.unit_of_work import Transactions
from core.use_cases.partners import CreatePartner, create_partner
from entrypoints.bootstrap import open_templates
from entrypoints.settings import Settings
from tests.entrypoints.conftest import Ordered, Run


def test_counting_and_shipping_an_order(run: Run, order: Ordered) -> None:
    order("PO-1", TENT=2, LAMP=1)

    first = run("orders", "verify", "PO-1", "TENT", "1", json=True).document
    run("orders", "verify", "PO-1", "TENT", "2")
    complete = run("orders", "verify", "PO-1", "LAMP", "1", json=True).document
    shipped = run("orders", "ship", "PO-1", json=True).document

    assert first["status"] == "in_progress"
    assert [item["verified_quantity"] for item in first["items"]] == [1, 0]
    assert complete["status"] == "verified"
    assert (shipped["order_number"], shipped["status"]) == ("PO-1", "shipped")


def test_an_order_that_is_not_verified_does_not_ship(run: Run, order: Ordered) -> None:
    order("PO-1", TENT=2)

    refused = run("orders", "ship", "PO-1", json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "only a verified order ships" in refused.err


def test_a_number_that_several_partners_use_needs_the_partner(
    run: Run, order: Ordered, transactions: Transactions
) -> None:
    for slug in ("acme", "other"):
        command = CreatePartner(slug)
        transactions.run(
            lambda work, command=command: create_partner(work, open_templates(Settings()), command)
        )
        order("#1001", slug, TENT=1)

    refused = run("orders", "verify", "#1001", "TENT", "1", json=True)
    told = run("orders", "verify", "#1001", "TENT", "1", "--partner", "acme", json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "acme" in refused.err
    assert told.document["partner"] == "acme"


def test_an_empty_slug_names_the_order_of_no_partner(
    run: Run, order: Ordered, transactions: Transactions
) -> None:
    transactions.run(lambda work: create_partner(work, open_templates(Settings()), CreatePartner("acme")))
    order("#1001", "acme", TENT=1)
    order("#1001", None, TENT=1)

    refused = run("orders", "verify", "#1001", "TENT", "1", json=True)
    told = run("orders", "verify", "#1001", "TENT", "1", "--partner", "", json=True)

    assert "no partner" in refused.err
    assert told.document["partner"] is None


def test_a_count_below_nothing_is_misuse(run: Run, order: Ordered) -> None:
    order("PO-1", TENT=2)

    assert run("orders", "verify", "PO-1", "TENT", "--json", "--", "-1").code == 2


def test_an_order_that_does_not_exist_is_refused(run: Run) -> None:
    refused = run("orders", "verify", "PO-9", "TENT", "1", json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "PO-9" in refused.err


def test_products_are_switched_all_at_once(run: Run, order: Ordered, transactions: Transactions) -> None:
    order("PO-1", TENT=1, LAMP=1)

    off = run("products", "deactivate", "TENT", "LAMP", json=True)

    assert off.document == {"skus": ["TENT", "LAMP"], "is_active": False}
    assert transactions.read(lambda work: work.products.activity_of({"TENT", "LAMP"})) == {
        "TENT": False,
        "LAMP": False,
    }
    assert run("products", "activate", "TENT", json=True).document == {"skus": ["TENT"], "is_active": True}


def test_one_unknown_sku_leaves_all_as_they_are(run: Run, order: Ordered, transactions: Transactions) -> None:
    order("PO-1", TENT=1)

    refused = run("products", "deactivate", "TENT", "GONE-1", "GONE-2", json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "GONE-1" in refused.err
    assert "GONE-2" in refused.err
    assert transactions.read(lambda work: work.products.activity_of({"TENT"})) == {"TENT": True}
