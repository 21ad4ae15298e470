"""The changelog's entries, one Markdown file each: `# Group: title`, a blank line, the text."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import attrs

from core.entities.changelog import ChangeGroup, ChangelogEntry
from core.ports.catalog import ChangelogCatalog

SHIPPED = Path(__file__).parent / "data" / "changelog"
_ID = re.compile(r"(\d{4}-\d{2}-\d{2})-[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_HEADING = re.compile(r"# ([A-Z][a-z]+): (\S.*)")
_GROUPS = tuple(ChangeGroup)


@attrs.frozen
class FileChangelog(ChangelogCatalog):
    """The entries that ship, read once."""

    _entries: tuple[ChangelogEntry, ...]

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> "FileChangelog":
        """Read every entry of the folder; ValueError names a file that is none."""
        entries = [_read(path) for path in sorted(folder.glob("*.md"))]
        by_group = sorted(entries, key=lambda entry: _GROUPS.index(entry.group))
        return cls(tuple(sorted(by_group, key=lambda entry: entry.date, reverse=True)))

    def entries(self) -> Sequence[ChangelogEntry]:
        """Every entry, newest first."""
        return self._entries


def _read(path: Path) -> ChangelogEntry:
    heading, _, text = path.read_text(encoding="utf-8").partition("\n")
    name, title = _ID.fullmatch(path.stem), _HEADING.fullmatch(heading)
    if name is None or title is None or not text.strip():
        raise ValueError(f"{path.name} is no changelog entry: expected DATE-SLUG.md, '# Group: title', text")
    return ChangelogEntry(
        id=path.stem,
        date=date.fromisoformat(name[1]),
        group=ChangeGroup(title[1]),
        title=title[2],
        text=_unwrapped(text),
    )


def _unwrapped(text: str) -> str:
    """The paragraphs, each on one line, with a blank line between."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
