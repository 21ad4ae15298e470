"""The guides that ship, one Markdown file each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs

from core.errors import BadSetting

SHIPPED: Final = Path(__file__).parent / "data" / "guides"


@attrs.frozen
class FileGuides:
    """One file per guide, called as it is."""

    folder: Path = SHIPPED

    def names(self) -> Sequence[str]:
        """Every name, in alphabetical order."""
        return sorted(file.stem for file in self.folder.glob("*.md"))

    def get(self, name: str) -> str:
        """The Markdown text; BadSetting with the names there are if there is none of this name."""
        if name not in self.names():
            raise BadSetting(f'there is no guide "{name}"; there are {", ".join(self.names())}')
        return (self.folder / f"{name}.md").read_text(encoding="utf-8")
