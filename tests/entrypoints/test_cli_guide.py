from adapters.catalog.guides import SHIPPED
from tests.entrypoints.conftest import Run


def test_a_guide_is_printed_as_it_ships(run: Run) -> None:
    text = (SHIPPED / "mapping.md").read_text("utf-8")

    assert run("guide", "mapping").out.rstrip("\n") == text.rstrip("\n")
    assert run("guide", "mapping", json=True).document == {"name": "mapping", "text": text}


def test_without_a_name_the_guides_are_listed(run: Run) -> None:
    assert run("guide").out.split() == sorted(file.stem for file in SHIPPED.glob("*.md"))
    assert "mapping" in run("guide", json=True).document


def test_a_guide_that_there_is_not_is_refused_with_the_names_there_are(run: Run) -> None:
    refused = run("guide", "../changelog")

    assert (refused.code, refused.out) == (1, "")
    assert "mapping" in refused.err
