"""What holds for every committed file."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".feature", ".in", ".html", ".css", ""}


@pytest.fixture(scope="module")
def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of committed files")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_locks_pin_hashes_and_name_no_index() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert "://" not in text, lock
        assert all("==" in line for line in text.splitlines() if not line.startswith((" ", "#"))), lock
        assert text.count("--hash=sha256:") >= text.count("==")


def test_no_committed_file_names_this_checkout(committed: list[Path]) -> None:
    named = [
        path for path in committed if path.suffix in TEXT and f"{ROOT}/" in path.read_text("utf-8", "replace")
    ]

    assert named == []


def test_readme_begins_with_the_two_commands() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE)

    assert len(blocks) >= 2
    assert all(len(block.strip().splitlines()) == 1 for block in blocks[:2])
    assert "demo" in blocks[0]
    assert "test" in blocks[1]
