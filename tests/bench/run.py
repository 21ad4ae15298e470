"""`just bench`: audited calls against bare routes, in one run on this machine; writes docs/bench.md."""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import apsw
import attrs

from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import NewProduct
from core.use_cases.keys import CreateKey, create_key
from core.use_cases.products import create_product
from entrypoints.bootstrap import open_transactions
from entrypoints.settings import Settings
from tests.bench.bare import CREATE, LIST, READ
from tests.bench.load import Measured, Plan
from tests.bench.report import Row, Side, describe_machine, markdown, table
from tests.support.running_server import ROOT, RunningServer, free_port

ORDERS = "/api/integrations/v1/orders/"
_SKUS = ("TENT-2P", "STOVE-1", "LAMP-3")
_STOCKED = 1000
_PATIENCE = 30.0
_MARKER = "#########"
_REPORT = ROOT / "docs" / "bench.md"


@attrs.frozen
class Scenario:
    """A call of ours and the bare route it is held against."""

    name: str
    path: str
    bare_path: str
    body: str = ""
    period: int = 10**9
    target: float | None = None

    def request(self, path: str, key: str) -> str:
        """The request as text."""
        verb = "POST" if self.body else "GET"
        head = f"{verb} {path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {key}\r\n"
        if not self.body:
            return f"{head}\r\n"
        return f"{head}Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n\r\n{self.body}"


def order_body(number: str) -> str:
    """An order with three lines."""
    items = [{"sku_code": sku, "quantity": 2} for sku in _SKUS]
    return json.dumps(
        {
            "order_number": f"PO-{number}",
            "customer_name": "Avery Quill",
            "notes": "leave at the side door",
            "order_date": "2026-04-30T22:00:00Z",
            "metadata": {"channel": "web"},
            "items": items,
        }
    )


SCENARIOS = (
    Scenario("read an order", f"{ORDERS}PO-{_MARKER}/", "/orders/1", period=_STOCKED, target=0.40),
    Scenario("create an order, 3 items", ORDERS, "/orders", order_body(_MARKER), target=0.40),
    Scenario("list 50 orders", f"{ORDERS}?limit=50", "/orders"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each measurement")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--report", type=Path, default=_REPORT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench.start(Path(folder), options.connections, options.seconds)
        try:
            rows, generator = bench.measure(options.rounds)
        finally:
            bench.stop()
        unlogged = bench.unlogged()
    text = table(rows)
    sys.stdout.write(f"{text}\nload generator against a bare ASGI app: {generator:,.0f} req/s\n")
    sys.stdout.write(f"answered requests without a log entry: {unlogged}\n")
    options.report.parent.mkdir(exist_ok=True)
    options.report.write_text(
        markdown(rows, generator, unlogged, describe_machine(), options.connections, options.rounds),
        encoding="utf-8",
    )
    return 1 if unlogged or any(not row.reached for row in rows) else 0


@attrs.define
class Bench:
    """Both servers, side by side, with the requests that were answered so far."""

    database: Path
    key: str
    ours: RunningServer
    bare: subprocess.Popen[bytes]
    bare_port: int
    connections: int
    seconds: float
    answered: int = _STOCKED + 2
    created: int = _STOCKED

    @classmethod
    def start(cls, folder: Path, connections: int, seconds: float) -> "Bench":
        """Fill a database, keep the bodies of ours, serve them bare."""
        database = folder / "bench.db"
        settings = Settings(f"sqlite:///{database}")
        with closing(open_transactions(settings)) as transactions:
            key = transactions.run(_stock)
        ours = RunningServer.start(settings.database_url, log=folder / "server.log")
        keep_bodies(ours.url, key, folder)
        port = free_port()
        command = [sys.executable, "-m", "tests.bench.bare", str(port), str(folder)]
        bare = subprocess.Popen(command, cwd=ROOT)
        wait_for(port)
        return cls(database, key, ours, bare, port, connections, seconds)

    def stop(self) -> None:
        """End both servers."""
        self.bare.terminate()
        self.bare.wait()
        self.ours.stop()

    def measure(self, rounds: int) -> tuple[list[Row], float]:
        """Interleaved rounds, ours and bare after one another; medians."""
        found: dict[str, list[tuple[Side, Side]]] = {scenario.name: [] for scenario in SCENARIOS}
        for _ in range(rounds):
            for scenario in SCENARIOS:
                found[scenario.name].append((self._ours(scenario), self._bare(scenario)))
        generator = self._load(self.bare_port, "GET /asgi/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        rows = [Row.of(scenario.name, found[scenario.name], scenario.target) for scenario in SCENARIOS]
        return rows, generator.per_second

    def unlogged(self) -> int:
        """Answered requests of ours that the log does not hold."""
        with closing(apsw.Connection(str(self.database))) as connection:
            logged = connection.execute("SELECT count(*) FROM integration_log").get
        return max(0, self.answered - int(logged))

    def _ours(self, scenario: Scenario) -> Side:
        request = scenario.request(scenario.path, self.key)
        before = cpu_seconds(self.ours.process.pid)
        measured = self._load(
            self.ours.port, request, first=self.created if scenario.body else 0, period=scenario.period
        )
        self.answered += measured.requests
        self.created += measured.requests + self.connections if scenario.body else 0
        _expect(measured, "201" if scenario.body else "200")
        return Side(measured, cpu_seconds(self.ours.process.pid) - before)

    def _bare(self, scenario: Scenario) -> Side:
        before = cpu_seconds(self.bare.pid)
        measured = self._load(self.bare_port, scenario.request(scenario.bare_path, self.key))
        _expect(measured, "201" if scenario.body else "200")
        return Side(measured, cpu_seconds(self.bare.pid) - before)

    def _load(self, port: int, request: str, first: int = 0, period: int = 10**9) -> Measured:
        marker = _MARKER if _MARKER in request else ""
        plan = Plan(port, request, self.connections, self.seconds, marker, first, period)
        ran = subprocess.run(
            [sys.executable, "-m", "tests.bench.load"],
            input=json.dumps(attrs.asdict(plan)),
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            timeout=self.seconds + _PATIENCE,
        )
        return Measured(**json.loads(ran.stdout))


def keep_bodies(url: str, key: str, folder: Path) -> None:
    """Stock the orders that are read, and keep the bodies that ours answers with."""

    def fetch(path: str, body: str | None = None) -> bytes:
        headers = {"X-API-Key": key, "Content-Type": "application/json"}
        data = None if body is None else body.encode()
        with urllib.request.urlopen(urllib.request.Request(url + path, data, headers)) as answer:
            content: bytes = answer.read()
            return content

    for number in range(_STOCKED):
        created = fetch(ORDERS, order_body(f"{number:09}"))
    (folder / CREATE).write_bytes(created)
    (folder / READ).write_bytes(fetch(f"{ORDERS}PO-{0:09}/"))
    (folder / LIST).write_bytes(fetch(f"{ORDERS}?limit=50"))


def cpu_seconds(process: int) -> float:
    """The processor time a process has taken so far, all threads together; 0 where /proc does not tell."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def wait_for(port: int) -> None:
    """Return when somebody listens on the port."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nobody listens on port {port}")


def _stock(work: UnitOfWork) -> str:
    for sku in _SKUS:
        create_product(work, NewProduct(sku))
    return create_key(work, CreateKey("bench")).secret


def _expect(measured: Measured, status: str) -> None:
    if set(measured.statuses) != {status}:
        raise RuntimeError(f"expected only {status}, found {measured.statuses}")


if __name__ == "__main__":
    sys.exit(main())
