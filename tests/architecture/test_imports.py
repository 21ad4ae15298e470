"""What the rooms may import, beyond what import-linter can say."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN = {"core", "adapters", "entrypoints"}
CORE_LIBRARIES = {"attrs"}
STRUCTURING = "core/use_cases/structuring.py"


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield (node.module or "").partition(".")[0]


def modules_of(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("path", modules_of("core"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_core_imports_only_what_it_may(path: Path) -> None:
    allowed = OWN | CORE_LIBRARIES | set(sys.stdlib_module_names)
    if str(path.relative_to(ROOT)) == STRUCTURING:
        allowed |= {"cattrs"}

    assert set(imported(path)) <= allowed


def test_only_settings_read_the_environment() -> None:
    readers = [
        path
        for room in sorted(OWN)
        for path in modules_of(room)
        if re.search(r"\benviron\b|\bgetenv\b", path.read_text(encoding="utf-8"))
    ]

    assert [str(path.relative_to(ROOT)) for path in readers] == ["entrypoints/settings.py"]


def test_every_public_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for room in sorted(OWN)
        for path in modules_of(room)
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]

    assert silent == []
