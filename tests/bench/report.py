"""The figures as tables, and docs/bench.md."""

import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import attrs

from tests.bench.load import Measured
from tests.bench.scenarios import BARE, OURS, Effort, Scenario, Targets

_LIBRARIES = (
    *("litestar", "uvicorn", "uvloop", "apsw", "psycopg"),
    *("fastapi", "pydantic", "sqlalchemy", "django", "djangorestframework", "gunicorn"),
)


@attrs.frozen
class Side:
    """One measurement of one contestant, with the processor time that its server took."""

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
class Figures:
    """One contestant's medians over the rounds; `ours` is the median of ours ÷ this of each round's own."""

    per_second: float
    cpu: float
    p50: float
    p99: float
    ours: float

    @classmethod
    def of(cls, name: str, rounds: Sequence[Mapping[str, Side]]) -> "Figures":
        """The medians of a contestant."""
        sides = [sides[name] for sides in rounds]
        return cls(
            per_second=statistics.median(side.per_second for side in sides),
            cpu=statistics.median(side.cpu_micros for side in sides),
            p50=statistics.median(side.measured.p50 for side in sides),
            p99=statistics.median(side.measured.p99 for side in sides),
            ours=statistics.median(sides[OURS].per_second / sides[name].per_second for sides in rounds),
        )


@attrs.frozen
class Row:
    """One call on one database: ours, the bare route, and the baselines that ran."""

    name: str
    targets: Targets
    ours: Figures
    bare: Figures
    baselines: Mapping[str, Figures]

    @classmethod
    def of(cls, scenario: Scenario, storage: str, rounds: Sequence[Mapping[str, Side]]) -> "Row":
        """The medians of all that took part in the rounds."""
        figures = {name: Figures.of(name, rounds) for name in rounds[0]}
        ours, bare = figures.pop(OURS), figures.pop(BARE)
        return cls(scenario.name, scenario.targets_on(storage), ours, bare, figures)

    @property
    def of_bare(self) -> float:
        """Which part of the bare route's figure ours reaches."""
        return self.bare.ours

    def judgements(self) -> Iterator[tuple[str, bool]]:
        """Each target as a sentence, and whether it was reached."""
        targets = self.targets
        if targets.bare is not None:
            yield f"{self.of_bare:.2f} of the bare route (≥ {targets.bare:.2f})", self.of_bare >= targets.bare
        if targets.p99 is not None:
            yield f"p99 {self.ours.p99:.1f} ms (≤ {targets.p99:.0f} ms)", self.ours.p99 <= targets.p99
        if targets.baselines is not None:
            for name, theirs in self.baselines.items():
                sentence = f"{theirs.ours:.1f} times {name} (≥ {targets.baselines:.0f})"
                yield sentence, theirs.ours >= targets.baselines


@attrs.frozen
class Table:
    """What was measured on one kind of database; `unlogged` are answers without a log row, by contestant."""

    storage: str
    durability: str
    rows: Sequence[Row]
    generator: float
    unlogged: Mapping[str, int]

    @property
    def reached(self) -> bool:
        """Whether every target was reached and every answer logged."""
        return not any(self.unlogged.values()) and all(
            reached for row in self.rows for _, reached in row.judgements()
        )


_CALL_HEADINGS = (
    *("call", "ours req/s", "p50 ms", "p99 ms", "target", "CPU µs"),
    *("bare route req/s", "CPU µs", "ours ÷ bare", "target"),
)
_BASELINE_HEADINGS = (
    *(
        "call",
        "baseline",
        "req/s",
        "p50 ms",
        "p99 ms",
        "CPU µs",
        "ours ÷ theirs",
        "target",
        "CPU theirs ÷ ours",
    ),
)


def tables(measured: Sequence[Table]) -> str:
    """Every database's tables, its targets one by one, and its answers without a log row."""
    return "\n\n".join(_section(table) for table in measured)


def _section(table: Table) -> str:
    parts = [
        f"## {table.storage}",
        f"{table.durability}. Answers without a log row: {_unlogged(table)}.",
        _markdown_table(_CALL_HEADINGS, 1, [_call_cells(row) for row in table.rows]),
    ]
    if any(row.baselines for row in table.rows):
        parts.append(_markdown_table(_BASELINE_HEADINGS, 2, [*_baseline_rows(table.rows)]))
    parts.append("\n".join(_verdicts(table.rows)))
    return "\n\n".join(parts)


def _call_cells(row: Row) -> tuple[str, ...]:
    ours, bare, targets = row.ours, row.bare, row.targets
    return (
        *(row.name, f"{ours.per_second:,.0f}", f"{ours.p50:.1f}", f"{ours.p99:.1f}"),
        *("-" if targets.p99 is None else f"≤ {targets.p99:.0f}", f"{ours.cpu:.0f}"),
        *(f"{bare.per_second:,.0f}", f"{bare.cpu:.0f}", f"{row.of_bare:.2f}"),
        "-" if targets.bare is None else f"≥ {targets.bare:.2f}",
    )


def _baseline_rows(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        target = "-" if row.targets.baselines is None else f"≥ {row.targets.baselines:.0f}"
        for name, theirs in row.baselines.items():
            yield (
                *(row.name, name, f"{theirs.per_second:,.0f}", f"{theirs.p50:.1f}", f"{theirs.p99:.1f}"),
                *(f"{theirs.cpu:.0f}", f"{theirs.ours:.1f}", target, _times(theirs.cpu, row.ours.cpu)),
            )


def _times(theirs: float, ours: float) -> str:
    return f"{theirs / ours:.1f}" if ours else "-"


def _verdicts(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        for sentence, reached in row.judgements():
            yield f"- {row.name}: {sentence}: {'reached' if reached else '**not reached**'}"


def _unlogged(table: Table) -> str:
    return ", ".join(f"{name} {count}" for name, count in table.unlogged.items())


def _markdown_table(headings: Sequence[str], texts: int, rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose first columns are texts, the others numbers."""
    rule = ("---",) * texts + ("--:",) * (len(headings) - texts)
    return "\n".join(f"| {' | '.join(line)} |" for line in (headings, rule, *rows))


def describe_machine() -> str:
    """What is measured on; the load average, asked before a run, tells what others take of it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.release()}; Python {platform.python_version()}"
    machine = f"{_processor()}, {os.cpu_count()} processors, {memory:.0f} GiB"
    return f"{machine}, load average {os.getloadavg()[0]:.1f}; {system}, {', '.join(_versions())}"


def _versions() -> Iterator[str]:
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def markdown(measured: Sequence[Table], machine: str, effort: Effort) -> str:
    """The whole page."""
    generator = min(table.generator for table in measured)
    return f"""# Benchmark

`just bench` writes this page. {effort}, in turns:
every call on every server, one right after the other. Every server has one worker. Figures are medians; a
ratio is the median of the rounds' own ratios. CPU is the server's processor time per request, all its
processes and threads together, the database's not. Client, servers and database share the machine.

{tables(measured)}

## What is compared

- **Ours** is `datamingle serve`. It checks the key, its partner and scope, validates, reads or writes, and
  has the log row (the bytes that came, what was understood of them, the bytes that go) and the record durable
  before it answers. It writes a line of its own log for each request.
- **A bare route** is a Litestar route on the same server that returns the same document and, for the order,
  parses the JSON it gets. It touches no database.
- **FastAPI** and **DRF** are in `tests/bench/baselines/`: the same calls in each framework's usual words, on
  tables with the same indexes and on databases that are as durable. Each call looks its key up by the SHA-256
  hash, validates, and commits one audit row (the bytes that came, the bytes that go) together with its work.
  They answer the same documents; the run compares them before it measures. They know neither mappings nor
  partners' languages, and write no log.
  - FastAPI: synchronous endpoints, SQLAlchemy's ORM with a session per call, pydantic models; uvicorn with
    uvloop and httptools; a pool of 16 connections on PostgreSQL, of one on SQLite.
  - DRF: views and model serializers, `transaction.atomic`, connections that last; gunicorn with one `gthread`
    worker, of four threads on PostgreSQL, of one on SQLite. (uvicorn with Django's ASGI is slower; gunicorn's
    `sync` worker keeps no connection open.)
  - More threads or connections were tried: on SQLite they add nothing but uneven latencies.
- The load generator reaches {generator:,.0f} req/s against an ASGI application without a framework: it is
  not what limits the figures.
- Machine, with its load average before the run: {machine}.
"""
