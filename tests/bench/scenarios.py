"""The calls that are measured, and what they should reach."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
OURS, BARE, FASTAPI, DRF = "ours", "bare route", "FastAPI", "DRF"
ORDERS = "/api/integrations/v1/orders/"
SKUS = ("TENT-2P", "STOVE-1", "LAMP-3")
MARKER = "#########"
STOCKED = 400


@attrs.frozen
class Effort:
    """How much is measured: rounds, seconds of each measurement, connections, and whether baselines run."""

    rounds: int
    seconds: float
    connections: int
    baselines: bool

    def __str__(self) -> str:
        return (
            f"{self.connections} keep-alive connections on loopback, "
            f"{self.rounds} rounds of {self.seconds:g} s for each figure"
        )


@attrs.frozen
class Targets:
    """What ours should reach: of the bare route's figure, in times a baseline's, and in p99 milliseconds."""

    bare: float | None = None
    baselines: float | None = None
    p99: float | None = None


NONE: Final = Targets()
ON_SQLITE = Targets(bare=0.40, baselines=6.0, p99=10.0)
ON_POSTGRESQL = Targets(baselines=3.0)


@attrs.frozen
class Scenario:
    """A call, the same to ours and to the baselines, and the bare route it is held against."""

    name: str
    path: str
    bare_path: str
    body: str = ""
    period: int = 10**9
    targets: Mapping[str, Targets] = MappingProxyType({})

    @property
    def status(self) -> str:
        """What every answer should be."""
        return "201" if self.body else "200"

    def request(self, path: str, key: str) -> str:
        """The request as text."""
        verb = "POST" if self.body else "GET"
        head = f"{verb} {path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {key}\r\n"
        if not self.body:
            return f"{head}\r\n"
        return f"{head}Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n\r\n{self.body}"

    def targets_on(self, storage: str) -> Targets:
        """What it should reach on this database."""
        return self.targets.get(storage, NONE)


def order_body(number: str) -> str:
    """An order with three lines."""
    items = [{"sku_code": sku, "quantity": 2} for sku in SKUS]
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


_AUDITED = MappingProxyType({SQLITE: ON_SQLITE, POSTGRESQL: ON_POSTGRESQL})
SCENARIOS = (
    Scenario("read an order", f"{ORDERS}PO-{MARKER}/", "/orders/1", period=STOCKED, targets=_AUDITED),
    Scenario("create an order, 3 items", ORDERS, "/orders", order_body(MARKER), targets=_AUDITED),
    Scenario("list 50 orders", f"{ORDERS}?limit=50", "/orders"),
)
