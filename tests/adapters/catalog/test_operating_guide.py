"""What the operators' guide types is typed here, in a real shell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from entrypoints.bootstrap import open_services
from entrypoints.settings import Settings
from tests.adapters.catalog.guide_blocks import GUIDES, Block, blocks
from tests.adapters.catalog.guide_console import fits, typed
from tests.support.running_server import ROOT, child_environment

CONSOLES = [block for block in blocks(GUIDES / "operating.md") if block.language == "console"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a server was at work."""
    folder = tmp_path_factory.mktemp("operating")
    open_services(Settings(f"sqlite:///{folder / 'datamingle.db'}")).transactions.close()
    return folder


@pytest.mark.parametrize("block", CONSOLES, ids=lambda block: f"line{block.line}")
def test_the_shell_prints_what_the_guide_shows(block: Block, folder: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = child_environment(None, {"PATH": path, "PYTHONPATH": str(ROOT)})
    for line, shown in typed(block.text):
        ran = subprocess.run(
            ["sh", "-euc", line], cwd=folder, env=environment, capture_output=True, text=True, check=True
        )

        assert fits(shown, ran.stdout), f"{line}\n{ran.stdout}{ran.stderr}"
