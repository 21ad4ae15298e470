"""`just bench`: audited calls against bare routes and against two baselines, in one run on this machine.

A whole run measures the mapping engine as well and writes docs/bench.md and docs/bench-mapping.md; one of a
part (`--only`, `--skip-baselines`) prints its figures.
"""

import argparse
import signal
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.bench.contestants import missing_packages
from tests.bench.report import describe_machine, markdown, tables
from tests.bench.rounds import measure
from tests.bench.scenarios import POSTGRESQL, SQLITE, Effort
from tests.support.postgres import SERVER
from tests.support.running_server import ROOT

_REPORT = ROOT / "docs" / "bench.md"
_STORAGES = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and databases go with it
    chosen = [options.only] if options.only else list(_STORAGES)
    if problem := _problem(chosen, baselines=not options.skip_baselines):
        sys.stderr.write(f"{problem}\n")
        return 2
    machine = describe_machine()
    whole = len(chosen) == len(_STORAGES) and not options.skip_baselines
    if whole:
        subprocess.run([sys.executable, "-m", "tests.bench.mapping"], cwd=ROOT, check=True)
    effort = Effort(options.rounds, options.seconds, options.connections, not options.skip_baselines)
    measured = [measure(_STORAGES[name], effort) for name in chosen]
    sys.stdout.write(f"{tables(measured)}\n")
    if report := options.report or (_REPORT if whole else None):
        report.parent.mkdir(exist_ok=True)
        report.write_text(markdown(measured, machine, effort), encoding="utf-8")
    return 0 if all(table.reached for table in measured) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=list(_STORAGES), help="one database")
    parser.add_argument("--skip-baselines", action="store_true", help="ours and the bare routes")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.2, help="of each measurement")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--report", type=Path, help="write the page here, whatever was measured")
    return parser.parse_args()


def _problem(chosen: list[str], *, baselines: bool) -> str | None:
    """What is missing, as a sentence."""
    if baselines and (missing := missing_packages()):
        need = f"the baselines need {', '.join(missing)}"
        return f"{need}: run `just setup-bench`, or leave them out with --skip-baselines"
    if "postgresql" in chosen:
        try:
            psycopg.connect(SERVER, connect_timeout=3).close()
        except psycopg.OperationalError as error:
            reason = " ".join(str(error).split())
            remedy = "start one, set DATAMINGLE_TEST_POSTGRES_URL, or measure --only sqlite"
            return f"no PostgreSQL: {remedy} ({reason})"
    return None


if __name__ == "__main__":
    sys.exit(main())
