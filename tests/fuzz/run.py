"""`just fuzz`: hostile input and slow clients against real servers, and what came of it."""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.fuzz.api import check_api
from tests.fuzz.corpus import corpus
from tests.fuzz.exchange import Figures, Runner, Side
from tests.fuzz.slow import measure
from tests.fuzz.stage import DATABASES, Stage, stage
from tests.fuzz.wire import Connection

PARTS = ("corpus", "api", "slow")
_MOST_SHOWN = 50


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the same seed sends the same requests")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument(
        "--examples", type=int, default=50, help="schemathesis's cases per operation and phase"
    )
    parser.add_argument("--limit", type=int, help="send so many requests of the corpus only")
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        stages = [stack.enter_context(stage(name, Path(folder))) for name in options.databases]
        faults: list[str] = []
        if "corpus" in options.parts:
            faults += run_corpus(stages, options.seed, options.limit)
        if "api" in options.parts:
            faults += run_api(stages, options.examples, options.seed, Path(folder))
        if "slow" in options.parts:
            faults += run_slow(stages)
    _tell(
        f"seed {options.seed}, {time.monotonic() - started:.0f} s, {len(faults)} faults",
        *faults[:_MOST_SHOWN],
    )
    return 1 if faults else 0


def run_corpus(stages: Sequence[Stage], seed: int, limit: int | None) -> list[str]:
    """Our own corpus, on all databases side by side."""
    with ExitStack() as stack:
        sides = [Side(one, stack.enter_context(Connection(one.server.port))) for one in stages]
        runner = Runner(sides)
        runner.run(corpus(seed)[:limit])
        runner.check_logs()
    _tell(*figures_of(runner.figures))
    return runner.figures.faults


def run_api(stages: Sequence[Stage], examples: int, seed: int, folder: Path) -> list[str]:
    """schemathesis with every key on every database."""
    faults: list[str] = []
    for one in stages:
        for key in one.keys.named():
            checked = check_api(one, key, examples, seed, folder)
            _tell(f"schemathesis on {checked}")
            faults += checked.faults
    return faults


def run_slow(stages: Sequence[Stage]) -> list[str]:
    """Good requests beside half-open connections."""
    faults: list[str] = []
    for one in stages:
        for waits in measure(one):
            _tell(f"{one.name}, beside {waits}")
            faults += [f"{one.name}: {fault}" for fault in waits.faults()]
    return faults


def figures_of(figures: Figures) -> list[str]:
    """What the corpus came to, in lines."""
    statuses = ", ".join(f"{count} times {status}" for status, count in sorted(figures.statuses.items()))
    return [
        f"corpus: {figures.requests} requests to each database ({statuses})",
        f"corpus: {figures.read_back} records read back, {figures.log_entries} log entries compared",
    ]


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
