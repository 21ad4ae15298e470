from pathlib import Path

import pytest

from adapters.catalog.templates import SHIPPED, FileTemplates
from core.entities.resource import Resource
from core.errors import BadSetting

MINE = """{"format": "datamingle.template/1", "name": "mine", "title": "Mine", "about": "Ours.",
 "covers": [{"resource": "orders", "direction": "in", "what": "All.", "not_covered": ""}],
 "mappings": {"orders": {"format": "datamingle.mapping/1", "resource": "orders", "rules": []}}}"""


def refusal(templates: FileTemplates, name: str) -> str:
    with pytest.raises(BadSetting) as caught:
        templates.get(name)
    return caught.value.message


def test_custom_comes_first_and_the_rest_in_alphabetical_order() -> None:
    names = list(FileTemplates().names())

    assert names[0] == "custom"
    assert names[1:] == sorted(names[1:])
    assert {"acumatica", "sap-business-one", "shopify"} <= set(names)


def test_every_shipped_file_is_a_template_for_people_to_read() -> None:
    templates = FileTemplates()

    for name in templates.names():
        template = templates.get(name)

        assert template.name == name
        assert template.title
        assert template.about
        assert {row["resource"] for row in template.covers} == set(template.mappings)


def test_the_custom_template_has_no_rule_for_any_resource() -> None:
    mappings = FileTemplates().get("custom").mappings

    assert set(mappings) == set(Resource)
    assert all(mapping["rules"] == [] for mapping in mappings.values())


def test_no_template_sets_an_identifier_field() -> None:
    templates = FileTemplates()

    for name in templates.names():
        assert all("identifier_field" not in mapping for mapping in templates.get(name).mappings.values())


def test_an_operators_folder_adds_templates(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(MINE)
    templates = FileTemplates(tmp_path)

    assert "mine" in templates.names()
    assert templates.get("mine").title == "Mine"
    assert "shopify" in templates.names()


def test_an_operators_file_replaces_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "shopify.json").write_text(MINE.replace('"mine"', '"shopify"'))

    assert FileTemplates(tmp_path).get("shopify").title == "Mine"


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="nowhere"):
        FileTemplates(tmp_path / "nowhere")


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    message = refusal(FileTemplates(), "shopfy")

    assert "shopfy" in message
    assert "shopify" in message


def test_a_name_cannot_lead_out_of_the_folder() -> None:
    assert (SHIPPED / "shopify.json").exists()

    assert "there is no template" in refusal(FileTemplates(), "../templates/shopify")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "no JSON"),
        ("[]", "an object is due"),
        (MINE.replace("template/1", "template/2"), "format"),
        (MINE.replace('"mine"', '"other"'), 'name: "mine" is due'),
        (MINE.replace('"title": "Mine"', '"title": 5'), "title: a text is due"),
        (MINE.replace('"title"', '"titel"'), '"titel" is no member'),
        (MINE.replace('"title": "Mine"', '"title": "A", "title": "B"'), '"title" stands twice'),
        (MINE.replace('"mappings": {"orders"', '"mappings": {"order"'), '"order" is no resource'),
        (
            MINE.replace('/1", "resource": "orders"', '/1", "resource": "products"'),
            'its resource is not "orders"',
        ),
        (MINE.replace('"direction": "in"', '"direction": "inward"'), "covers[0]: direction"),
        (MINE.replace('"what": "All."', '"was": "All."'), 'covers[0]: "was" is no member'),
        (MINE.replace('"mappings": {', '"mappings": [').replace("}}}", "}]}"), "no JSON"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong_in_it(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "mine.json").write_text(text)

    message = refusal(FileTemplates(tmp_path), "mine")

    assert str(tmp_path / "mine.json") in message
    assert what in message


def test_a_broken_file_hides_no_other_template(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text("{")
    templates = FileTemplates(tmp_path)

    assert templates.get("shopify").title == "Shopify"
