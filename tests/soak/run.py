"""`just soak`: disturb servers under load in every way that happens, and judge what clients saw."""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.soak.databases import Place, PostgresPlace, SqliteFolder
from tests.soak.figures import Figures
from tests.soak.part import Part
from tests.soak.parts import PARTS
from tests.soak.report import markdown, told
from tests.support.cluster import Cluster, NoPostgres
from tests.support.running_server import ROOT

_REPORT = ROOT / "docs" / "soak.md"


def main() -> int:
    options = _parser().parse_args()
    signal.signal(signal.SIGTERM, _end)
    parts = [PARTS[name] for name in options.part or PARTS]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="datamingle-soak-")))
        try:
            places = _places(options.database, folder, stack)
        except NoPostgres as missing:
            sys.stderr.write(f"{missing}\n")
            return 2
        versions = [place.version() for place in places]
        figures = list(_run(parts, places, options.rounds, options.seed, folder / "server.log"))
    report = options.report or (_REPORT if not options.part and options.database == "all" else None)
    if report is not None:
        report.write_text(markdown(parts, figures, versions), encoding="utf-8")
    return 1 if any(one.faults for one in figures) else 0


def _end(*_: object) -> None:
    """End in good order, else servers would stay behind; a second signal is not to disturb that."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(143)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "all"), default="all")
    parser.add_argument("--part", choices=PARTS, action="append", help="may be repeated; all unless given")
    numbers = ", ".join(f"{part.name} {part.rounds}" for part in PARTS.values())
    parser.add_argument(
        "--rounds", type=int, help=f"how often, of each --part ({numbers}); without one, of kill"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed sends the same requests")
    parser.add_argument("--report", type=Path, help="where to write the page; docs/soak.md after a whole run")
    return parser


def _places(database: str, folder: Path, stack: ExitStack) -> list[Place]:
    places: list[Place] = []
    if database != "postgresql":
        places.append(SqliteFolder(folder))
    if database != "sqlite":
        places.append(PostgresPlace(stack.enter_context(Cluster.make())))
    return places


def _run(
    parts: Sequence[Part], places: Sequence[Place], rounds: int | None, seed: int, log: Path
) -> Iterator[Figures]:
    """Each part on each database that it is for; the figures are printed as they come."""
    is_whole = len(parts) == len(PARTS)
    for part in parts:
        own = rounds if rounds is not None and (not is_whole or part.name == "kill") else part.rounds
        for place in places:
            if place.kind in part.databases:
                began = time.monotonic()
                figures = part.run(place, own, seed, log)
                figures.seed, figures.seconds = seed, time.monotonic() - began
                sys.stdout.write(told(figures))
                sys.stdout.flush()
                yield figures


if __name__ == "__main__":
    sys.exit(main())
