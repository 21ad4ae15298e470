import pytest

from tests.entrypoints.conftest import Run


def test_create_answers_the_partner(run: Run) -> None:
    created = run(
        "partners", "create", "acme", "--name", "Acme Tents",
        "--default-identifier-field", "external_order_id", json=True,
    )  # fmt: skip

    document = created.document
    assert created.code == 0
    assert document.pop("id")
    assert document == {
        "slug": "acme",
        "name": "Acme Tents",
        "template": "custom",
        "default_identifier_field": "external_order_id",
        "is_active": True,
    }


@pytest.mark.parametrize("slug", ["Acme", "acme_web", "-acme", "acme-", "ä", "", "a" * 64])
def test_a_slug_is_lower_case_letters_digits_and_hyphens(run: Run, slug: str) -> None:
    refused = run("partners", "create", "--json", "--", slug)

    assert refused.code == 2 or "is no slug" in refused.err
    assert refused.out == ""


def test_a_template_that_does_not_exist_is_refused_with_those_there_are(run: Run) -> None:
    refused = run("partners", "create", "acme", "--template", "sap")

    assert (refused.code, refused.out) == (1, "")
    assert "sap-business-one" in refused.err
    assert run("partners", "list", json=True).document == []


def test_a_taken_slug_is_refused(run: Run) -> None:
    run("partners", "create", "acme")

    assert run("partners", "create", "acme", json=True).code == 1


def test_disable_and_enable_switch(run: Run) -> None:
    run("partners", "create", "acme")

    assert run("partners", "disable", "acme", json=True).document["is_active"] is False
    assert run("partners", "show", "acme", json=True).document["is_active"] is False
    assert run("partners", "enable", "acme", json=True).document["is_active"] is True
    assert [one["slug"] for one in run("partners", "list", json=True).document] == ["acme"]


@pytest.mark.parametrize("command", ["show", "disable", "enable"])
def test_a_partner_that_does_not_exist_is_refused(run: Run, command: str) -> None:
    refused = run("partners", command, "nobody", json=True)

    assert (refused.code, refused.out) == (1, "")
    assert 'no partner has the slug "nobody"' in refused.err


def test_templates_are_listed_custom_first(run: Run) -> None:
    listed = run("templates", "list", json=True).document

    names = [template["name"] for template in listed]
    assert names[0] == "custom"
    assert {"acumatica", "sap-business-one", "shopify"} <= set(names)
    assert "custom" in run("templates", "list").out
