from datetime import date
from pathlib import Path

import pytest

from adapters.catalog.changelog import SHIPPED, FileChangelog
from core.entities.changelog import ChangeGroup, ChangelogEntry


def test_every_file_that_ships_is_an_entry_newest_first() -> None:
    entries = FileChangelog.load().entries()

    assert {entry.id for entry in entries} == {path.stem for path in SHIPPED.iterdir()}
    assert [entry.date for entry in entries] == sorted((entry.date for entry in entries), reverse=True)
    assert {entry.group for entry in entries} >= {ChangeGroup.ADDED, ChangeGroup.CHANGED, ChangeGroup.AUDIT}


def test_an_entry_is_read_with_its_paragraphs_unwrapped(tmp_path: Path) -> None:
    (tmp_path / "2026-04-17-by-sku.md").write_text("# Added: By SKU\n\nOne\nline.\n\nAnother.\n")

    assert FileChangelog.load(tmp_path).entries() == (
        ChangelogEntry(
            "2026-04-17-by-sku", date(2026, 4, 17), ChangeGroup.ADDED, "By SKU", "One line.\n\nAnother."
        ),
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("by-sku.md", "# Added: By SKU\n\nText.\n"),
        ("2026-04-17-By_SKU.md", "# Added: By SKU\n\nText.\n"),
        ("2026-02-30-by-sku.md", "# Added: By SKU\n\nText.\n"),
        ("2026-04-17-by-sku.md", "By SKU\n\nText.\n"),
        ("2026-04-17-by-sku.md", "# Invented: By SKU\n\nText.\n"),
        ("2026-04-17-by-sku.md", "# Added: By SKU\n"),
    ],
)
def test_a_file_that_is_no_entry_is_told(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)

    with pytest.raises(ValueError):
        FileChangelog.load(tmp_path)
