"""Two servers that start at once on an empty database."""

import urllib.request
from pathlib import Path

from tests.soak.databases import Database, Place
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.part import Part
from tests.soak.servers import Servers
from tests.support.running_server import RunningServer

TEXT = """\
Two servers start at once on an empty database. On PostgreSQL both come up. On SQLite one does, the
other is refused in a sentence, and after a kill -9 of the first one the next comes up at once."""
PROMISES = (FaultKind.NOT_UP,)
_SENTENCE = "another server runs on"


def start(place: Place, rounds: int, seed: int, log: Path) -> Figures:
    """On PostgreSQL both come up; on SQLite one does, is killed, and is in nobody's way."""
    figures = Figures("start", place.kind, PROMISES)
    for turn in range(rounds):
        database = place.make(f"start{turn}")
        if place.kind == "SQLite":
            _start_one_of_two(database, log.with_name(f"start{turn}"), figures)
        else:
            _start_two(database, log, figures)
        figures.counts["rounds"] += 1
    return figures


def _start_two(database: Database, log: Path, figures: Figures) -> None:
    try:
        with Servers.start(database, log, turn=1) as servers:
            for server in servers.running:
                with urllib.request.urlopen(f"{server.url}/readyz", timeout=10) as answer:
                    figures.counts["servers up"] += answer.status == 200
    except (RuntimeError, TimeoutError, OSError) as error:
        figures.blame(FaultKind.NOT_UP, str(error))


def _start_one_of_two(database: Database, log: Path, figures: Figures) -> None:
    logs = [log.with_suffix(f".{number}") for number in range(2)]
    servers = Servers([RunningServer.launch(database.url, log=one) for one in logs], processes=2)
    with servers:
        up = [server for server in servers.running if _comes_up(server)]
        refused = [server for server in servers.running if server not in up]
        figures.counts["servers up"] += len(up)
        figures.counts["servers refused"] += len(refused)
        if len(up) != 1 or not all(_says_why(server) for server in refused):
            told = [(server.process.poll(), server.said()) for server in servers.running]
            figures.blame(FaultKind.NOT_UP, f"of two servers on {database.url}: {told}")
    with RunningServer.launch(database.url, log=log) as heir:
        figures.counts["servers up after a kill"] += _comes_up(heir)
        if heir.process.poll() is not None:
            figures.blame(FaultKind.NOT_UP, f"after a killed server: {heir.said()}")


def _comes_up(server: RunningServer) -> bool:
    try:
        server.wait_until_ready()
    except (RuntimeError, TimeoutError):
        return False
    return True


def _says_why(server: RunningServer) -> bool:
    return server.process.wait(10) == 1 and _SENTENCE in server.said() and "Traceback" not in server.said()


PART = Part("start", TEXT, 20, start)
