"""The figures as a table, and docs/bench.md."""

import os
import platform
import statistics
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import attrs

from tests.bench.load import Measured

P99_LIMIT_MS = 10.0


@attrs.frozen
class Side:
    """One measurement of ours or of the bare route, with the processor time that its server took."""

    measured: Measured
    cpu_seconds: float

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return self.measured.per_second

    @property
    def cpu_micros(self) -> float:
        """The server's processor time per request."""
        return 1e6 * self.cpu_seconds / self.measured.requests


@attrs.frozen
class Row:
    """One scenario: medians over the rounds; the ratio is the median of each round's own."""

    name: str
    ours: float
    bare: float
    ratio: float
    cpu: float
    bare_cpu: float
    p50: float
    p99: float
    target: float | None

    @classmethod
    def of(cls, name: str, rounds: Sequence[tuple[Side, Side]], target: float | None) -> "Row":
        """The medians of rounds of ours and bare."""
        return cls(
            name=name,
            ours=statistics.median(ours.per_second for ours, _ in rounds),
            bare=statistics.median(bare.per_second for _, bare in rounds),
            ratio=statistics.median(ours.per_second / bare.per_second for ours, bare in rounds),
            cpu=statistics.median(ours.cpu_micros for ours, _ in rounds),
            bare_cpu=statistics.median(bare.cpu_micros for _, bare in rounds),
            p50=statistics.median(ours.measured.p50 for ours, _ in rounds),
            p99=statistics.median(ours.measured.p99 for ours, _ in rounds),
            target=target,
        )

    @property
    def reached(self) -> bool:
        """Whether ratio and latency are what they should be, where they should be something."""
        return self.target is None or (self.ratio >= self.target and self.p99 <= P99_LIMIT_MS)


def cells(row: Row) -> tuple[str, ...]:
    """A row as texts."""
    return (
        row.name,
        f"{row.ours:,.0f}",
        f"{row.bare:,.0f}",
        f"{row.ratio:.2f}",
        "-" if row.target is None else f"{row.target:.2f}",
        f"{row.cpu:.0f}",
        f"{row.bare_cpu:.0f}",
        f"{row.p50:.1f}",
        f"{row.p99:.1f}",
    )


HEADINGS = (
    "call",
    "req/s",
    "bare route req/s",
    "ratio",
    "target",
    "CPU µs",
    "bare CPU µs",
    "p50 ms",
    "p99 ms",
)


def table(rows: Sequence[Row]) -> str:
    """A Markdown table."""
    lines = [HEADINGS, ("---",) + ("--:",) * (len(HEADINGS) - 1), *(cells(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def describe_machine() -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in ("litestar", "uvicorn", "uvloop", "apsw"))
    system = f"{platform.system()} {platform.release()}; Python {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} processors, {memory:.0f} GiB; {system}, {libraries}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def markdown(
    rows: Sequence[Row], generator: float, unlogged: int, machine: str, connections: int, rounds: int
) -> str:
    """The whole page."""
    return f"""# Benchmark

`just bench` writes this page. One worker on SQLite (WAL, `synchronous=FULL`), {connections} keep-alive
connections on loopback, {rounds} interleaved rounds, medians. Client and server share the machine.

{table(rows)}

A bare route is a Litestar route that returns the same document and, for the order, parses the JSON it gets;
it runs on the same server. Ours checks the key, its partner and scope, validates, reads
or writes, and has the log entry and the record durable before it answers. The ratio is the median of the
rounds' own ratios. CPU is the server's processor time per request, all threads together, which other work on
the machine disturbs less. p99 is to be at most {P99_LIMIT_MS:.0f} ms where there is a target.

- Answered requests without a log entry: {unlogged}.
- The load generator reaches {generator:,.0f} req/s against an ASGI application without a framework: it is not
  what limits the figures.
- Machine: {machine}.
"""
