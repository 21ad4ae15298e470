"""schemathesis, all checks and phases, against the document that a running server describes itself with."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import attrs

from tests.fuzz.api_hooks import ACCEPTED_FILE, PARTNER
from tests.fuzz.stage import SHOP, Stage
from tests.support.running_server import ROOT

_COMMAND = Path(sys.executable).with_name("schemathesis")


@attrs.frozen
class Checked:
    """What schemathesis did with one key on one database, and what it found."""

    title: str
    cases: int
    operations: int
    phases: Mapping[str, str]
    accepted: Mapping[str, int]
    faults: list[str]

    def __str__(self) -> str:
        phases = ", ".join(f"{name} {status}" for name, status in self.phases.items())
        lines = [f"{self.title}: {self.cases} cases at {self.operations} operations; {phases}"]
        return "\n".join(
            [*lines, *(f"    {count} times: {reason}" for reason, count in self.accepted.items())]
        )


def check_api(stage: Stage, key: str, examples: int, seed: int, folder: Path) -> Checked:
    """Run it; the same seed draws the same cases."""
    report, accepted = folder / "report.json", folder / "accepted.json"
    for left_over in (report, accepted):
        left_over.unlink(missing_ok=True)
    more = {
        "SCHEMATHESIS_HOOKS": "tests.fuzz.api_hooks",
        ACCEPTED_FILE: str(accepted),
        "PYTHONPATH": str(ROOT),
    }
    if key == SHOP:
        more[PARTNER] = key
    secret = stage.keys.named()[key]
    told = subprocess.run(
        [_COMMAND, "run", f"{stage.server.url}/openapi.json", "--header", f"X-API-Key: {secret}",
         "--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", "--continue-on-failure",
         "--max-examples", str(examples), "--seed", str(seed), "--generation-database", "none", "--no-color",
         "--report", "json", "--report-json-path", str(report)],
        env={**os.environ, **more}, capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    title = f"{stage.name}, {key} key"
    if not report.exists():
        return Checked(
            title, 0, 0, {}, {}, [f"{title}: schemathesis did not run:\n{told.stdout}{told.stderr}"]
        )
    return _read(title, told, report, accepted)


def _read(title: str, told: subprocess.CompletedProcess[str], report: Path, accepted: Path) -> Checked:
    document = json.loads(report.read_text("utf-8"))
    return Checked(
        title,
        document["test_cases"]["generated"],
        document["operations"]["tested"],
        {name: phase["status"] for name, phase in document["phases"].items()},
        json.loads(accepted.read_text("utf-8")) if accepted.exists() else {},
        [f"{title}:\n{told.stdout}"] if told.returncode else [],
    )
